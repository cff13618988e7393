"""Tanheng 碳衡: an open platform for the dual control of carbon and energy in Chinese cities.

Every figure is a pure function of definitions (packs), records (an append-only log), parameters and a knowledge date.
The rooms, from the inside out: `kernel`, `store`, `records`, then the two doors `cli` and `web`. Definitions are data
and live in `packs`. Nothing is imported here, so that the kernel can be used in a notebook by itself; the tables of a
site come with the first use of `tanheng.connect` or `tanheng.open_home` (see `client`).
"""

from importlib import import_module

__version__ = "0.1.0"
__all__ = ["Explanation", "Site", "Table", "__version__", "connect", "open_home"]


def __getattr__(name: str) -> object:
    """What is public here is loaded when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'tanheng' has no attribute {name!r}")
    return getattr(import_module("tanheng.client"), name)

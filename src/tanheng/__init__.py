"""Tanheng 碳衡: an open platform for the dual control of carbon and energy in Chinese cities.

Every figure is a pure function of definitions (packs), records (an append-only log), parameters and a knowledge date.
The rooms, from the inside out: `kernel`, `store`, `records`, then the two doors `cli` and `web`. Definitions are data
and live in `packs`. Nothing is imported here, so that the kernel can be used in a notebook by itself.
"""

__version__ = "0.1.0"

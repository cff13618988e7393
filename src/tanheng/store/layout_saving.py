"""Saving a layout that was learned: a YAML file in the site's own pack."""

from __future__ import annotations

import os
from pathlib import Path

import yaml

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import LayoutProfile
from tanheng.store.atomic import write_bytes
from tanheng.store.home import Home
from tanheng.store.pack_files import MANIFEST
from tanheng.store.packs_in_use import look_again

PACK = "site_layouts"
_MANIFEST = f"""schema: pack/1
id: {PACK}
label: {{zh: 本地版式, en: Layouts of this site}}
version: "1"
requires: [cn_national]
"""


def layout_folder() -> Path:
    """The folder of the site's own layouts: in the first folder of TANHENG_PACKS, else in the site's home."""
    named = [name for name in os.environ.get("TANHENG_PACKS", "").split(os.pathsep) if name]
    return (Path(named[0]).expanduser() if named else Home.of_environment().packs) / PACK


def save_layout(profile: LayoutProfile, *, replace: bool = False) -> Path:
    """Writes the layout, and the pack around it where there is none yet; a reader sees all of it or nothing.

    Refuses  layout-exists: there is one of that id, and `replace` was not asked for; layout-pack-missing: the folder
             cannot be written to.
    """
    folder = layout_folder()
    path = folder / "layouts" / f"{profile.id}.yaml"
    if path.exists() and not replace:
        raise Refusal("layout-exists", id=profile.id, file=path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not (folder / MANIFEST).exists():
            write_bytes(folder / MANIFEST, _MANIFEST.encode())
        write_bytes(path, layout_text(profile).encode())
    except OSError as error:
        raise Refusal("layout-pack-missing", folder=folder) from error
    look_again()
    return path


def layout_text(profile: LayoutProfile) -> str:
    """The layout as YAML, what it leaves to the defaults left out."""
    fields = profile.model_dump(mode="json", exclude_defaults=True)
    text: str = yaml.safe_dump({"schema": "layout/2", **fields}, allow_unicode=True, sort_keys=False, width=120)
    return text

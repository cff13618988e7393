"""`tanheng serve`: the web site of this home, in a process of its own."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec

import click

from tanheng.cli.site import prepare_site
from tanheng.cli.verb import option, verb
from tanheng.kernel.faults import Refusal

# The two doors never import each other: the site is another program.
SITE = (sys.executable, "-m", "tanheng.web.site")


@verb("serve", "启动网站，默认 http://127.0.0.1:8000。", "Serve the web site, by default at http://127.0.0.1:8000.")
@option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, zh="端口。", en="Port.")
@option("--host", default="127.0.0.1", show_default=True, zh="监听地址。", en="Address to listen on.")
def serve(port: int, host: str) -> int:
    """Becomes the program that serves the site, so that a signal reaches it and not a parent.

    Refuses  program-missing: tanheng was installed without its web extra.
    """
    if find_spec("granian") is None:
        raise Refusal("program-missing", program="granian", extra="web")
    prepare_site()
    os.execve(SITE[0], SITE, {**os.environ, "TANHENG_PORT": str(port), "TANHENG_HOST": host})

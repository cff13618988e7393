"""`python -m tanheng.web.site` serves the site; with arguments it is Django's own command line.

For example `python -m tanheng.web.site createsuperuser`, or `check --deploy`.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from http.client import HTTPConnection

import django
from django.core.management import call_command, execute_from_command_line
from granian import Granian
from granian.constants import Interfaces

from tanheng.web.site.worker import WORK, worker_beside

HOST = "127.0.0.1"
_EVERYWHERE = ("0.0.0.0", "::")
_STOPS_WITHIN = 20
"""Seconds that requests under way are given when the server is stopped: a setting. A process of the server that is told
to stop while it starts has been seen to miss it, and is ended then.
"""


def main() -> None:
    """Prepares the database, says how to log in where the place is made up, and serves until it is stopped."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanheng.web.site.settings")
    if sys.argv[1:] == [WORK]:
        _work()
        return
    if len(sys.argv) > 1:
        execute_from_command_line(sys.argv)
        return
    host, port = os.environ.get("TANHENG_HOST", HOST), int(os.environ.get("TANHENG_PORT", "8000"))
    _refuse_taken(host, port)
    _prepare()
    threading.Thread(target=_announce, args=(host, port), daemon=True).start()
    os.environ.setdefault("TANHENG_WARM", "1")
    target = "tanheng.web.site.wsgi:application"
    how = {"interface": Interfaces.WSGI, "log_enabled": False, "workers_kill_timeout": _STOPS_WITHIN}
    server = Granian(target, address=host, port=port, **how)
    with worker_beside():
        server.serve()


def _refuse_taken(host: str, port: int) -> None:
    """Ends with a readable line where another program has the port: its answers would be taken for ours."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"端口 {port} 无法使用，请用 TANHENG_PORT 另选。 Port {port}: {error.strerror}; set TANHENG_PORT.")


def _work() -> None:
    """Works off the background jobs of the site."""
    django.setup()
    from tanheng.web.site.worker import work

    work()


def _prepare() -> None:
    django.setup()
    from tanheng.records import prepare_database
    from tanheng.web.directory.demo_logins import ensure_demo_logins

    prepare_database()
    call_command("createcachetable", verbosity=0)
    if made := ensure_demo_logins():
        names = ", ".join(login.login for login in made.logins)
        _say(f"Logins of the demo 演示账号: {names} / {made.password}")


def _announce(host: str, port: int) -> None:
    """Says that the site answers, once it does: whatever it answers, as behind https it sends its own machine away."""
    near = HOST if host in _EVERYWHERE else host
    while True:
        asking = HTTPConnection(near, port, timeout=5)
        try:
            asking.request("HEAD", "/static/ui/tanheng.css")
            asking.getresponse()
            break
        except OSError:
            time.sleep(0.1)
        finally:
            asking.close()
    _say(f"Ready: http://{near}:{port}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

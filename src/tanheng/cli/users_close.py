"""`tanheng users close`: a login that lets nobody in any more."""

from __future__ import annotations

import click

from tanheng.cli.output import say
from tanheng.cli.site import open_site
from tanheng.cli.verb import verb
from tanheng.cli.words import words


@verb("close", "停用账号；此人做过的事仍在日志中。", "Close a login; what its person did stays in the log.")
@click.argument("login")
def close(login: str) -> int:
    """Closes a login.

    Refuses  login-unknown.
    """
    open_site()
    from tanheng.records.logins import close_login

    close_login(login)
    say(words(f"账号 {login} 已停用。", f"The login {login} is closed."))
    return 0

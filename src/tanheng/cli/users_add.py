"""`tanheng users add`: a login for a person."""

from __future__ import annotations

import click

from tanheng.cli.output import say
from tanheng.cli.site import open_site
from tanheng.cli.verb import option, verb
from tanheng.cli.words import words


@verb(
    "add",
    "新建账号，密码在提示后输入两次。\n\n新账号没有任何授权，须再用 tanheng users grant 授权。",
    "Open a login; the password is asked for twice.\n\nIt has no mandate yet: tanheng users grant gives it one.",
)
@click.argument("login")
@option("--name", "shown", default="", zh="姓名。", en="Name of the person.")
@option("--email", default="", zh="电子邮箱。", en="E-mail address.")
@option(
    "--no-password",
    "without",
    is_flag=True,
    zh="不设密码，只能通过统一身份系统登录。",
    en="No password: only the identity provider lets it in.",
)
def add(login: str, shown: str, email: str, without: bool) -> int:
    """Opens a login.

    Refuses  login-taken, password-too-weak.
    """
    open_site()
    from tanheng.records.logins import add_login

    password = None if without else asked_password()
    add_login(login, password, shown=shown, email=email)
    say(words(f"已新建账号 {login}。", f"The login {login} is open."))
    return 0


def asked_password() -> str:
    """A password, typed twice and not shown."""
    prompt = words("密码", "Password")
    again = words("再输入一次", "Once more")
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=again))

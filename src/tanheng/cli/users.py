"""`tanheng users`: who may log in, and under which mandates each may act."""

from __future__ import annotations

from tanheng.cli.users_add import add
from tanheng.cli.users_close import close
from tanheng.cli.users_end import end
from tanheng.cli.users_grant import grant
from tanheng.cli.users_list import list_users
from tanheng.cli.verb import Verbs

users = Verbs("users", zh="账号与授权。", en="Logins and mandates.")

for _verb in (add, grant, end, list_users, close):
    users.add_command(_verb)

"""The login of a demo: only where every figure is made up."""

from __future__ import annotations

from django.contrib.auth import get_user_model

NAME, PASSWORD = "office", "tanheng-demo"


def ensure_demo_login() -> bool:
    """Makes the user `office` where there is none; whether it was made now."""
    users = get_user_model().objects
    if users.filter(username=NAME).exists():
        return False
    users.create_user(NAME, password=PASSWORD)
    return True

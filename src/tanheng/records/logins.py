"""Logins: who may let himself in by a name and a password. No records: a login can be closed, renamed by nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from tanheng.kernel.faults import Refusal
from tanheng.records.models import Person
from tanheng.records.people import person_of_login


@dataclass(frozen=True)
class Login:
    """A login, the person it lets in, and whether it is open."""

    name: str
    person: Person
    is_open: bool


def add_login(name: str, password: str | None, *, shown: str = "", email: str = "") -> Login:
    """Opens a login. Without a password it lets in only whom the city's identity provider vouches for.

    Refuses  login-taken; password-too-weak.
    """
    users = get_user_model().objects
    if users.filter(username=name).exists():
        raise Refusal("login-taken", login=name)
    if password is not None:
        _check_password(password)
    with transaction.atomic():
        users.create_user(name, email=email or None, password=password)
        return login_of(name, shown=shown, email=email)


def set_password(name: str, password: str) -> None:
    """Gives a login another password; whoever is logged in by the old one is logged out.

    Refuses  login-unknown, password-too-weak.
    """
    user = _user(name)
    _check_password(password)
    user.set_password(password)
    user.save()


def close_login(name: str) -> None:
    """Closes a login: it lets nobody in any more. Its person and what that person did stay.

    Refuses  login-unknown.
    """
    user = _user(name)
    user.is_active = False
    user.save()


def login_of(name: str, *, shown: str = "", email: str = "") -> Login:
    """A login with its person.

    Refuses  login-unknown.
    """
    user = _user(name)
    return Login(name, person_of_login(name, shown, email), bool(user.is_active))


def logins() -> Sequence[Login]:
    """Every login by name, with those who have acted or been granted something as persons."""
    users = get_user_model().objects.order_by("username").values_list("username", "is_active")
    return [Login(name, person_of_login(name), is_active) for name, is_active in users]


def _user(name: str):  # type: ignore[no-untyped-def]  # the model of users is the site's choice
    found = get_user_model().objects.filter(username=name).first()
    if found is None:
        raise Refusal("login-unknown", login=name)
    return found


def _check_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refusal("password-too-weak", why="; ".join(error.messages)) from error

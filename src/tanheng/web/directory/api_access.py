"""Who calls the API: a program with a token, a browser with a session, or anybody."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Role
from tanheng.records.models import Person
from tanheng.web.directory.rates import check, count
from tanheng.web.directory.scope import Scope, scope_of, scope_under
from tanheng.web.directory.standing import ground_now
from tanheng.web.directory.tokens import mandate_of_token

_BEARER, _ACTS_THAT_SHOW = "Bearer ", ("read_library", "import")
KEEPER = "tanheng.keeper"
"""What a process says that opens the files of the home itself; no header that comes over a network is called so."""


def api_scope_of(request: HttpRequest) -> Scope:
    """The scope of a request to the API: that of its token, or else that of its session.

    Refuses  token-unknown; too-many-requests: a minute has only so many requests of one token or one address.
    """
    if request.META.get(KEEPER):
        return keeper_scope()
    header = request.headers.get("Authorization", "")
    if not header.startswith(_BEARER):
        if not request.user.is_authenticated:
            count("api_anybody", _address(request))
        return scope_of(request)
    text = header.removeprefix(_BEARER).strip()
    check("api_failed", _address(request))
    try:
        scope = scope_under(mandate_of_token(text))
    except Refusal:
        count("api_failed", _address(request))
        raise
    count("api", scope.mandate)
    return scope


def keeper_scope() -> Scope:
    """What whoever keeps the files of a home sees: all of it, for the files lie open to it. It does nothing."""
    label = {"zh": "站点文件保管人", "en": "Keeper of the files"}
    role = Role.model_validate({"id": "keeper", "label": label, "reach": "site", "acts": _ACTS_THAT_SHOW})
    return Scope(role, timezone.localdate(), ground_now(), mandate=role.id)


def reader_of(request: HttpRequest) -> Scope:
    """The scope of somebody who acts under a mandate.

    Refuses  no-mandate: nobody does; token-unknown, too-many-requests.
    """
    scope = api_scope_of(request)
    if scope.is_public:
        raise Refusal("no-mandate")
    return scope


def writer_of(request: HttpRequest) -> Scope:
    """The scope of a program that changes something: a session alone is not enough, for a browser sends it unasked.

    Refuses  token-needed; token-unknown, too-many-requests.
    """
    if not request.headers.get("Authorization", "").startswith(_BEARER):
        raise Refusal("token-needed")
    return api_scope_of(request)


def actor_of(scope: Scope) -> Person:
    """Who acts.

    Refuses  no-mandate: nobody does.
    """
    if scope.person is None:
        raise Refusal("no-mandate")
    return Person.objects.get(id=scope.person)


def _address(request: HttpRequest) -> str:
    """The address that a request came from, behind as many proxies as the site is said to have."""
    return get_adapter(request).get_client_ip(request)

"""Mandates as pages show them. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest

from tanheng.records.mandate_models import Mandate
from tanheng.records.mandates import mandate_of, roles
from tanheng.web.directory.models import ApiToken
from tanheng.web.directory.scope import Scope, mandates_of_request, scope_of
from tanheng.web.directory.tokens import tokens_of
from tanheng.web.ui.words import language, said


@dataclass(frozen=True)
class MandateShown:
    """A mandate in words: its role, for whom and where, until when, and whether it is the one acted under."""

    id: str
    role: str
    where: str
    start: date
    end: date | None
    is_chosen: bool


def mandates_shown(request: HttpRequest) -> Sequence[MandateShown]:
    """The mandates that the reader may choose from today."""
    scope = scope_of(request)
    return [_shown(mandate, scope) for mandate in mandates_of_request(request)]


@dataclass(frozen=True)
class TokenShown:
    """A token by its name: for which mandate, since when, and whether it lets anybody in today."""

    id: str
    name: str
    role: str
    where: str
    made: datetime
    holds: bool


def tokens_shown(request: HttpRequest) -> Sequence[TokenShown]:
    """The reader's own tokens."""
    return tokens_of_scope(scope_of(request))


def tokens_of_scope(scope: Scope) -> Sequence[TokenShown]:
    """The tokens of whoever acts under a mandate."""
    return [_token(token, scope) for token in tokens_of(scope.person)]


def _token(token: ApiToken, scope: Scope) -> TokenShown:
    mandate = mandate_of(token.mandate)
    shown = _shown(mandate, scope)
    return TokenShown(str(token.id), token.name, shown.role, shown.where, token.made, mandate.acts_on(scope.day))


def _shown(mandate: Mandate, scope: Scope) -> MandateShown:
    name_of = scope.ground.directory.label_of
    where = [name_of(subject, language()) for subject in (mandate.party, mandate.area) if subject]
    return MandateShown(
        id=mandate.mandate,
        role=said(roles()[mandate.role].label),
        where=" · ".join(where),
        start=mandate.start,
        end=mandate.end,
        is_chosen=mandate.mandate == scope.mandate,
    )

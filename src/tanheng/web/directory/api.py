"""The API of the directory: who I am, areas, units, parties, and one's own tokens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tanheng.web.directory.api_access import reader_of, writer_of
from tanheng.web.directory.api_shapes import (
    AreaShape,
    EventFilter,
    EventShape,
    LogCheckShape,
    MandateShape,
    PartyShape,
    TokenShape,
    UnitFilter,
    UnitPageShape,
    UnitShape,
)
from tanheng.web.directory.log import event_count, event_rows, log_findings
from tanheng.web.directory.scope import Scope
from tanheng.web.directory.selectors import tokens_of_scope
from tanheng.web.directory.subjects import areas_seen, parties_seen, unit_seen, units_seen
from tanheng.web.directory.tokens import end_token
from tanheng.web.ui.api_answers import gives, gives_table, one, table, writes
from tanheng.web.ui.api_shapes import Name, Paging

router = Router(tags=["directory"])


@router.get("/me", **gives(MandateShape, "me", "我的授权 · The mandate that is acted under"))
def me(request: HttpRequest) -> HttpResponse:
    """Role, party, area and scheme of the token or the session, and what it may do."""
    return one(request, MandateShape, _mandate(reader_of(request)))


@router.get("/areas", **gives_table(AreaShape, "areas", "区域 · Areas in reach"))
def areas(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The areas that the mandate reaches, with the area each lies in today."""
    return table(request, AreaShape, areas_seen(reader_of(request)), paging)


@router.get("/units", **gives_table(UnitShape, "units", "单位 · Units in reach"))
def units(request: HttpRequest, asked: Query[UnitFilter], paging: Query[Paging]) -> HttpResponse:
    """The units that the mandate reaches; with an area those that lie in it today."""
    return table(request, UnitShape, units_seen(reader_of(request), asked.area), paging)


@router.get("/units/{unit}", **gives(UnitPageShape, "unit", "一个单位 · One unit"))
def unit(request: HttpRequest, unit: Name) -> HttpResponse:
    """A unit by its id without `facility/`, with where it lay when."""
    return one(request, UnitPageShape, unit_seen(reader_of(request), f"facility/{unit}"))


@router.get("/parties", **gives_table(PartyShape, "parties", "机构 · Parties in reach"))
def parties(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """Offices, bureaus and owners of units that the mandate reaches."""
    return table(request, PartyShape, parties_seen(reader_of(request)), paging)


@router.get("/tokens", **gives_table(TokenShape, "tokens", "我的令牌 · One's own tokens"))
def tokens(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    """The tokens of whoever asks. They are made on the page of one's account only: no token makes another."""
    return table(request, TokenShape, tokens_of_scope(reader_of(request)), paging)


@router.post("/tokens/{token}/end", **writes(TokenShape, "api_end_token", "停用令牌 · Ends one of one's own tokens"))
def end(request: HttpRequest, token: Name) -> HttpResponse:
    """From its next request on the token lets nobody in; the answer says which it was."""
    scope = writer_of(request)
    before = next((item for item in tokens_of_scope(scope) if item.id == token), None)
    end_token(token=token, scope=scope)
    return one(request, TokenShape, before)


@router.get("/log", **gives_table(EventShape, "api_log", "日志 · The log, the latest entry first"))
def log(request: HttpRequest, asked: Query[EventFilter], paging: Query[Paging]) -> HttpResponse:
    """Who did what when, each entry with its hash and that of the one before; for whoever sees the whole site."""
    scope = reader_of(request)
    rows = event_rows(scope, asked.kind, paging.offset, paging.limit)
    return table(request, EventShape, rows, paging, whole=event_count(scope, asked.kind))


@router.get(
    "/log/check", **gives(LogCheckShape, "api_log_check", "日志校验 · Reads the whole log and names what broke")
)
def log_check(request: HttpRequest) -> HttpResponse:
    """What `tanheng audit verify` says of the chain: nothing where all is as it was written."""
    scope = reader_of(request)
    findings = [item.as_json() for item in log_findings(scope)]
    told = {"entries": event_count(scope), "whole": not findings, "findings": findings}
    return one(request, LogCheckShape, told)


def _mandate(scope: Scope) -> dict[str, object]:
    role = scope.role
    said = {"role": role.id, "label": role.label, "reach": role.reach, "acts": sorted(role.acts), "day": scope.day}
    return {**said, "party": scope.party, "area": scope.area, "scheme": scope.scheme}

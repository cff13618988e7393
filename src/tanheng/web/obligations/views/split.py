"""One split: how it stands, the next move, one's own answer, and the files."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import read_date
from tanheng.web.directory.guard import mandated
from tanheng.web.directory.scope import scope_of
from tanheng.web.obligations.split_papers import FORMS, filled_round, split_file
from tanheng.web.obligations.split_preview import adjusted_whole
from tanheng.web.obligations.split_services import Decided, SentMove, answer_split, move_split
from tanheng.web.obligations.split_shown import SplitPage
from tanheng.web.obligations.split_words import OUTCOMES, outcome_said
from tanheng.web.obligations.splits import split_page
from tanheng.web.ui.numbers import whole_number
from tanheng.web.ui.refusals import refusal_said, status_of
from tanheng.web.ui.texts import within
from tanheng.web.ui.uploads import read_all

_HIDDEN = frozenset({"split-unknown", "not-permitted", "no-mandate"})
_ANSWERS = ("agrees", "asks")
_STAGES = ("opinions", "feedback", "adjusted", "countersigned", "issued")


@mandated
def split(request: HttpRequest, split: str) -> HttpResponse:
    """A split as its reader sees it."""
    return _page(request, split)


@mandated
@require_POST
def move(request: HttpRequest, split: str) -> HttpResponse:
    """Takes a split one stage further and leads back; what was typed stays where it is refused. Without a script the
    button of a preview sends the same form.
    """
    try:
        if request.POST.get("do") == "preview":
            return _preview(request, split)
        stage = request.POST.get("stage", "")
        if stage not in _STAGES:
            raise Refusal("split-unknown", plan=split)
        move_split(split, stage, sent=_sent(request), scope=scope_of(request))
    except Refusal as refusal:
        if refusal.code in _HIDDEN:
            raise
        return _refused(request, split, refusal)
    return redirect("split", split)


@mandated
@require_POST
def answer(request: HttpRequest, split: str) -> HttpResponse:
    """Answers for one subject and leads back."""
    field = request.POST.get
    try:
        asked = _asked(field("answer", ""), field("asked", ""))
        answer_split(
            split, field("subject", ""), asked=asked, reason=field("reason", ""),
            seen=whole_number(field("seen", "")) or 0, token=field("token", ""), scope=scope_of(request),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.code in _HIDDEN:
            raise
        return _refused(request, split, refusal)
    return redirect("split", split)


@mandated
@require_POST
def upload(request: HttpRequest, split: str) -> HttpResponse:
    """Reads the table of a round that came back into the forms of the page; whoever leads looks at it and sends it."""
    try:
        name, content = _file(request, "table")
        filled = filled_round(split, name, content, scope_of(request))
    except Refusal as refusal:
        if refusal.code in _HIDDEN:
            raise
        return _refused(request, split, refusal)
    given = {}
    for line in filled:
        given[f"outcome@{line.subject}"], given[f"reason@{line.subject}"] = line.outcome, line.reason
        given[f"value@{line.subject}"] = "" if line.value is None else format(line.value, "f")
    return _page(request, split, given=given, read_from=name)


@mandated
def download(request: HttpRequest, split: str, paper: str, form: str) -> HttpResponse:
    """A paper of a split."""
    name, content = split_file(split, paper, form, scope_of(request))
    response = HttpResponse(content, content_type=FORMS[form])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _preview(request: HttpRequest, split: str) -> HttpResponse:
    whole = adjusted_whole(split, _typed(request.POST, "value"), scope_of(request))
    if request.headers.get("HX-Request"):
        return render(request, "obligations/_split_whole.html", {"whole": whole})
    return _page(request, split, given=request.POST, whole=whole)


def _refused(request: HttpRequest, split: str, refusal: Refusal) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "obligations/_split_refused.html", {"refusal": refusal_said(refusal)})
    return _page(request, split, refusal=refusal, given=request.POST)


def _page(
    request: HttpRequest,
    split: str,
    *,
    refusal: Refusal | None = None,
    given: Mapping[str, str] | None = None,
    **more: object,
) -> HttpResponse:
    page, scope = split_page(split, scope_of(request)), scope_of(request)
    context = {
        "page": page,
        "section": "targets",
        "outcomes": [(outcome, outcome_said(outcome)) for outcome in OUTCOMES],
        "day": scope.day,
        "given": given or {},
        "filled": _filled(page, given or {}),
        **more,
    }
    if refusal is None:
        return render(request, "obligations/split.html", context)
    return render(
        request, "obligations/split.html", context | {"refusal": refusal_said(refusal)}, status=status_of(refusal)
    )


def _filled(page: SplitPage, given: Mapping[str, str]) -> list[tuple[object, str, str, str]]:
    """Each subject with what was typed about it: what became of its opinion, why, and its adjusted value."""
    return [
        (
            line,
            given.get(f"outcome@{line.subject}", ""),
            given.get(f"reason@{line.subject}", ""),
            given.get(f"value@{line.subject}", "") or line.now,
        )
        for line in page.lines
    ]


def _sent(request: HttpRequest) -> SentMove:
    field, post = request.POST.get, request.POST
    outcomes, reasons, seen = (_typed(post, name) for name in ("outcome", "reason", "seen"))
    decided = {
        subject: Decided(
            outcome if outcome in OUTCOMES else "open",
            within(reasons.get(subject, ""), 1000),
            whole_number(seen.get(subject, "")) or 0,
        )
        for subject, outcome in outcomes.items()
    }
    issuing = field("stage") == "issued"
    return SentMove(
        note=within(field("note", ""), 1000),
        values=_typed(post, "value"),
        decided=decided,
        signed_by=_names(field("signed_by", "")),
        title=within(field("title", ""), 300),
        number=within(field("number", ""), 100),
        issuer=within(field("issuer", ""), 100),
        issued=read_date(field("issued", "").strip()) if issuing else None,
        leads=_names(field("leads", "")),
        file=_file(request, "document") if issuing else None,
        token=field("token", ""),
        expected=whole_number(field("expected", "")),
    )


def _asked(answer: str, asked: str) -> str:
    """What is asked for, empty for no objection: which of the two is chosen, and never read from an empty field.

    Refuses  split-answer-unclear: nothing is chosen, or what is written says the opposite.
    """
    if answer not in _ANSWERS or (answer == "asks") != bool(asked.strip()):
        raise Refusal("split-answer-unclear")
    return asked


def _file(request: HttpRequest, name: str) -> tuple[str, bytes]:
    file = request.FILES.get(name)
    if file is None:
        raise Refusal("evidence-empty", name="-")
    return read_all([file])[0]


def _typed(post: Mapping[str, str], kind: str) -> dict[str, str]:
    """The fields about single subjects: `value@area/x`."""
    return {name.partition("@")[2]: post[name] for name in post if name.startswith(f"{kind}@")}


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace(",", "、").replace("，", "、").replace("；", "、").split("、")]

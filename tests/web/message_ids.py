"""Every text of the pages that has to be translated, found in code, templates and definitions without gettext's own
tools.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize
from pydantic import BaseModel

from tanheng.kernel.pack import BarometerRule, Factor, InstrumentShape, MethodUse, Scorecard
from tanheng.store.packs import load_packs

WEB = Path(__file__).resolve().parents[2] / "src" / "tanheng" / "web"
CATALOGUES = sorted(WEB.glob("*/locale/zh_Hans/LC_MESSAGES/django.po"))
"""One catalogue for each app that has texts of its own; what several say stands in that of `ui`."""

# name of the function: which arguments are (context, singular, plural)
_CALLS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "_": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}

Message = tuple[str, str, str]


def messages() -> set[Message]:
    """(context, text, plural) of every text to translate; context and plural are empty where there is none."""
    python = [message for path in WEB.rglob("*.py") for message in _in_code(path.read_text("utf-8"))]
    templates = [message for path in WEB.rglob("*.html") for message in _in_template(path)]
    return {*python, *templates, *_remarks()}


def _remarks() -> Iterator[Message]:
    """What the pages of the rules say with `noted`: remarks of definitions in English, but not bare sums of units."""
    for kind in (BarometerRule, Factor, InstrumentShape, MethodUse, Scorecard):
        for shape in load_packs().all(kind):
            for note in _notes(shape):
                words = [word for word in note.split() if "/" not in word and re.search("[A-Za-z]{4,}", word)]
                if words and not re.search("[\u4e00-\u9fff]", note):
                    yield "", note, ""


def _notes(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            inside = getattr(value, name)
            if name == "note" and isinstance(inside, str):
                yield inside
            yield from _notes(inside)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _notes(each)


def _in_code(text: str) -> Iterator[Message]:
    for call in ast.walk(ast.parse(text)):
        if isinstance(call, ast.Call) and (name := getattr(call.func, "id", "")) in _CALLS:
            arguments = [argument.value if isinstance(argument, ast.Constant) else None for argument in call.args]
            picked = ["" if index is None else arguments[index] for index in _CALLS[name]]
            if None not in picked:
                yield tuple(picked)


def _in_template(path: Path) -> Iterator[Message]:
    """What Django hands to xgettext is nearly Python: the calls stand in it among placeholders."""
    for call in _calls(path):
        yield from _in_code(call)


def _calls(path: Path) -> Iterator[str]:
    text = templatize(path.read_text("utf-8"), origin=str(path))
    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        start = 0
        while (start := text.find(f" {name}(", start)) >= 0:
            end = _end_of_call(text, start)
            yield text[start:end].strip()
            start = end


def _end_of_call(text: str, start: int) -> int:
    for end in range(text.index("(", start) + 1, len(text) + 1):
        if text[end - 1] == ")":
            try:
                ast.parse(text[start:end].strip(), mode="eval")
            except SyntaxError:
                continue
            return end
    raise ValueError(text[start : start + 80])

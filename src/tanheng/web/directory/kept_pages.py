"""Pages that are drawn once for as long as nothing changes: the same reader asking the same again gets the same words.

What is kept is never shown under another mandate, on another day or in another language, and never after something was
recorded, a result was stored or a definition changed. It stands in this process and goes with it. Forms are left out:
a page that holds one is drawn every time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tanheng.records.models import LogHead
from tanheng.records.site_files import home, results
from tanheng.store.packs_in_use import stamp_in_use
from tanheng.web.directory.scope import Scope, scope_of
from tanheng.web.ui.words import language

Parts = dict[str, str]
Key = tuple[object, ...]
_MOST, _LONGEST = 256, 1_000_000
_FORM = "csrfmiddlewaretoken"
_pages: OrderedDict[Key, Parts] = OrderedDict()
_turn = Lock()


def kept_page(
    request: HttpRequest, template: str, make: Callable[[], Mapping[str, Any]], **fresh: object
) -> HttpResponse:
    """A page whose parts between `{% kept %}` and `{% endkept %}` are drawn only where they are not kept.

    Reads    make: gives what those parts show, and is not called where they are kept; fresh: what the rest shows.
    Refuses  whatever `make` refuses.
    """
    key = _key(request, scope_of(request), template)
    if (parts := _kept(key)) is not None:
        return render(request, template, {**fresh, "kept": parts})
    drawn: Parts = {}
    answer = render(request, template, {**fresh, **make(), "kept": drawn})
    _keep(key, drawn)
    return answer


def forget_pages() -> None:
    """Forgets every page: each is drawn anew."""
    with _turn:
        _pages.clear()


def _key(request: HttpRequest, scope: Scope, template: str) -> Key:
    """Whoever reads what, and the state of everything that it is drawn from."""
    reader = (scope.mandate, scope.role.id, scope.person, scope.party, scope.area, scope.scheme, scope.day)
    head = LogHead.objects.filter(pk=1).values_list("position", "hash").first()
    store = results().root
    stored = store.stat().st_mtime_ns if store.is_dir() else 0
    seen = (head, str(store), stored, stamp_in_use(), _readings_stamp())
    return (template, request.get_full_path(), language(), reader, *seen)


def _readings_stamp() -> tuple[int, ...]:
    """When the register of meters and what was rolled up last changed: readings leave no trace in the log."""
    root = home().root / "readings"
    files = [root / name for name in ("meters.db", "meters.db-wal", "results/cubes.json")]
    return tuple(file.stat().st_mtime_ns for file in files if file.is_file())


def _kept(key: Key) -> Parts | None:
    with _turn:
        if key not in _pages:
            return None
        _pages.move_to_end(key)
        return _pages[key]


def _keep(key: Key, parts: Parts) -> None:
    size = sum(len(part) for part in parts.values())
    if not parts or size > _LONGEST or any(_FORM in part for part in parts.values()):
        return
    with _turn:
        _pages[key] = parts
        while len(_pages) > _MOST:
            _pages.popitem(last=False)

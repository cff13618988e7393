"""What a server reads before anybody asks: definitions, directory, the results, and the explanations asked for most.

Without it the first reader after a start waits for all of it. It says in the log what it did and how long it took; what
cannot be read is said there too, and by the page that needs it: a server starts all the same.
"""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from time import perf_counter

from django.db import DatabaseError, connection
from django.template.loader import get_template
from django.urls import reverse

from tanheng.kernel.faults import Refusal
from tanheng.kernel.trace import Address
from tanheng.records.computing import explain_figure, open_result
from tanheng.records.disclosing import withheld_sources
from tanheng.records.selecting import directory_as_of
from tanheng.records.site_files import results
from tanheng.store.packs_in_use import packs_in_use
from tanheng.web.dashboards.unit_figures import METHODS
from tanheng.web.directory.standing import ground_now
from tanheng.web.results.heads import ResultHead
from tanheng.web.results.places import Places

WARM = "TANHENG_WARM"
"""The setting of the surroundings that the site's own program sets; 0 leaves everything to the first reader."""


def warm_up() -> threading.Thread:
    """Reads what every page needs before the server answers, and then, beside the first requests, what explanations of
    the widest area need.
    """
    _told("definitions, directory, results 定义、名录、结果", _read_everything)
    gc.freeze()  # what was read stays, and is not gone through again with every page
    thread = threading.Thread(target=_explain_beside, name="warming", daemon=True)
    thread.start()
    return thread


def _read_everything() -> int:
    """The definitions in use, who lies where, and the newest result of each method; gives how many results."""
    packs_in_use()
    reverse("front")  # every address of the site is read with the first one
    get_template("results/figure.html")
    withheld_sources(())
    ground_now()
    directory_as_of()
    return sum(1 for _ in _latest_of_methods())


def _explain_beside() -> None:
    try:
        _told("explanations 由来", _explain_widest)
        gc.freeze()
    finally:
        connection.close()


def _explain_widest() -> int:
    """The figures of the widest area over the whole period, of the newest accounts of units; gives how many."""
    count = 0
    for head in _latest_of_methods():
        if head.method.id in METHODS:
            count += sum(1 for _ in _explained(head))
    return count


def _explained(head: ResultHead) -> Iterator[str]:
    root = Places(directory_as_of(head.log_position), head.period).root()
    if root is None:
        return
    for column in head.method.results:
        address = Address(column, root.id, head.period)
        explain_figure(head.stored, address)
        yield str(address)


def _latest_of_methods() -> Iterator[ResultHead]:
    """The newest result of each method; one that is damaged is left to the page that says so."""
    seen = set[str]()
    for id in results().ids():
        try:
            head = ResultHead(open_result(id))
        except Refusal:
            continue
        if head.stored.receipt["method"] not in seen:
            seen.add(head.stored.receipt["method"])
            yield head


def _told(what: str, work: Callable[[], int]) -> None:
    start = perf_counter()
    try:
        count = work()
    except (Refusal, DatabaseError, OSError) as error:
        _say(f"Not warmed 未预热: {what}: {error}")
        return
    _say(f"Warmed 已预热: {what}: {count} ({perf_counter() - start:.1f} s)")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

"""Taking an import back from a page."""

from __future__ import annotations

from tanheng.kernel.faults import Refusal
from tanheng.records.models import Event, Person
from tanheng.records.undoing import undo_import
from tanheng.web.directory.scope import Scope
from tanheng.web.facts.import_pages import import_seen
from tanheng.web.facts.sending import ACT

_LONGEST = 500


def undo(position: int, *, reason: str, scope: Scope) -> None:
    """Takes an import back, as one more event; the button pressed twice takes it back once.

    Refuses  not-permitted; import-unknown; import-undone-already: by somebody else.
    """
    scope.require(ACT)
    found = import_seen(position, scope=scope)
    actor = Person.objects.get(id=scope.person)
    try:
        undo_import(found.position, actor, reason.strip()[:_LONGEST])
    except Refusal as refusal:
        if refusal.code != "import-undone-already" or not _is_own(refusal, actor):
            raise


def _is_own(refusal: Refusal, actor: Person) -> bool:
    return Event.objects.filter(position=refusal.fields["by"], actor=actor.id).exists()

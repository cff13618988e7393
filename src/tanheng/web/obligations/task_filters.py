"""Which tasks to list and how: what the address of the list says, and what of it a reader has saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from tanheng.kernel.faults import Refusal
from tanheng.kernel.obligation.tracking import Stand, Tracked
from tanheng.web.obligations.models import SavedFilter
from tanheng.web.ui.texts import within

VIEWS = ("table", "board", "calendar")
_NAMES = ("view", "year", "stand", "due", "party", "category", "q")
_MOST_SAVED, _LONGEST_NAME, _LONGEST_QUERY = 20, 60, 500


@dataclass(frozen=True)
class Filter:
    """What was asked of the list; empty text asks for nothing."""

    view: str = "table"
    year: str = ""
    stand: str = ""
    due: str = ""
    party: str = ""
    category: str = ""
    q: str = ""

    @staticmethod
    def of(fields: Mapping[str, str]) -> Filter:
        """Reads an address; what it names that does not exist is left out."""
        asked = {name: fields.get(name, "").strip()[:100] for name in _NAMES}
        asked["view"] = asked["view"] if asked["view"] in VIEWS else VIEWS[0]
        asked["stand"] = asked["stand"] if asked["stand"] in {*Stand, ""} else ""
        for number in ("due", "year"):
            asked[number] = asked[number] if asked[number].isdecimal() and len(asked[number]) <= 4 else ""
        return Filter(**asked)

    def query(self, **changed: str) -> str:
        """The address of the list with something changed; what asks for nothing is left out."""
        said = {**{name: getattr(self, name) for name in _NAMES}, **changed}
        told = {name: value for name, value in said.items() if value and (name, value) != ("view", VIEWS[0])}
        return urlencode(told)

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out by it."""
        return any((self.stand, self.due, self.party, self.category, self.q))

    def lists(self, item: Tracked) -> bool:
        """Whether it lets a task through."""
        task = item.task
        fits = (
            not self.stand or item.stand == self.stand,
            not self.due or (item.days_left is not None and 0 <= item.days_left <= int(self.due) and not _done(item)),
            not self.party or self.party in (*task.lead_parties, *task.supporting_parties),
            not self.category or task.category == self.category,
            not self.q or self.q.lower() in f"{task.label.zh} {task.label.en} {task.number} {task.id}".lower(),
        )
        return all(fits)


def saved_filters(person: UUID | None) -> Sequence[SavedFilter]:
    """The filters of a person, by name."""
    return list(SavedFilter.objects.filter(person=person).order_by("name")) if person else []


def save_filter(*, person: UUID, name: str, asked: Filter) -> None:
    """Keeps a filter under a name, in the place of one of that name.

    Refuses  text-too-long; filters-too-many: another one would be too many, and none is dropped in silence.
    """
    plain, query = within(name, _LONGEST_NAME), within(asked.query(), _LONGEST_QUERY)
    others = SavedFilter.objects.filter(person=person).exclude(name=plain)
    if others.count() >= _MOST_SAVED:
        raise Refusal("filters-too-many", most=_MOST_SAVED, name=plain)
    SavedFilter.objects.update_or_create(person=person, name=plain, defaults={"query": query})


def drop_filter(*, person: UUID, name: str) -> None:
    """Forgets a filter."""
    SavedFilter.objects.filter(person=person, name=name).delete()


def _done(item: Tracked) -> bool:
    return item.stand is Stand.DONE


def parties_of(items: Iterable[Tracked]) -> list[str]:
    """Everybody with a part in some tasks, by name."""
    return sorted({party for item in items for party in (*item.task.lead_parties, *item.task.supporting_parties)})

"""The scope of a reader: what the mandate that was chosen lets see and do, today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Role
from tanheng.kernel.period import Period
from tanheng.records.mandate_models import Mandate
from tanheng.records.mandates import mandates_of, roles
from tanheng.records.people import person_of_login
from tanheng.web.directory.ground import Ground, one_day, span_of
from tanheng.web.directory.standing import ground_now

PUBLIC = "public"
CHOSEN = "mandate"
"""The key of a session under which the chosen mandate stands."""

_AREA, _FACILITY, _PARTY, _FIELD = "area/", "facility/", "party/", "#"


@dataclass(frozen=True)
class Scope:
    """What a reader may see and do. `mandate` is empty for whoever reads without one: the public.

    Whoever holds a unit or an area today sees its whole past; whoever held it before sees the periods it was held in.
    """

    role: Role
    day: date
    ground: Ground = field(repr=False, compare=False)
    mandate: str = ""
    person: UUID | None = None
    party: str = ""
    area: str = ""
    scheme: str = ""

    @property
    def is_public(self) -> bool:
        """Whether only what is published is open."""
        return self.role.reach == "published"

    @property
    def sees_all(self) -> bool:
        """Whether nothing of the site is hidden."""
        return self.role.reach == "site"

    def sees(self, subject: str, during: Period | None = None) -> bool:
        """Whether a subject is in reach: today, or throughout a period.

        Reads    an area, facility or party; a field of an area (`area/x#field`) is seen with its area.
        """
        place = subject.partition(_FIELD)[0]
        if self.sees_all:
            return True
        if place.startswith(_PARTY):
            return self._sees_party(place)
        spans = [one_day(self.day), *([span_of(during)] if during else [])]
        return any(self._reaches(place, *span) for span in spans)

    def sees_scheme(self, scheme: str) -> bool:
        """Whether figures of a scheme are in reach: a mandate may be bound to one."""
        return self.scheme in ("", scheme)

    def visible(self, subjects: Iterable[str]) -> list[str]:
        """Those of the subjects that are in reach, in their order."""
        return [subject for subject in subjects if self.sees(subject)]

    def may(self, act: str) -> bool:
        """Whether an act is open to the mandate."""
        return bool(self.mandate) and act in self.role.acts

    def require(self, act: str) -> None:
        """Confirms that an act is open.

        Refuses  not-permitted.
        """
        if not self.may(act):
            raise Refusal("not-permitted", act=act)

    def require_sight(self, subject: str, during: Period | None = None) -> None:
        """Confirms that a subject is recorded and in reach. One that is not in reach is answered like one that does
        not exist, so that nothing can be found out by asking.

        Refuses  area-not-found, nothing-of-that-name.
        """
        place = subject.partition(_FIELD)[0]
        if self.ground.knows(place) and self.sees(subject, during):
            return
        if subject.startswith(_AREA):
            raise Refusal("area-not-found", area=subject)
        raise Refusal("nothing-of-that-name", subject=subject)

    def _reaches(self, place: str, start: date, end: date) -> bool:
        role = self.role
        if place.startswith(_FACILITY) and role.through:
            return self.ground.belongs_to(place, self.party, role.through, self.day)
        looks_at_areas = role.reach in ("area", "party") and bool(self.area)
        return looks_at_areas and self.ground.lies_in(place, self.area, start, end)

    def _sees_party(self, party: str) -> bool:
        if not self.party and not self.area:
            return False
        return party in self._parties or self.ground.belongs_to(party, self.party, self.role.through, self.day)

    @cached_property
    def _parties(self) -> frozenset[str]:
        within = self.ground.parties_within(self.area, self.day) if self.role.reach == "area" else ()
        return frozenset(within)


def public_scope() -> Scope:
    """What everybody may see."""
    return Scope(roles()[PUBLIC], timezone.localdate(), ground_now())


def scope_under(mandate: Mandate) -> Scope:
    """What may be seen and done under a mandate; whether it still holds was asked before."""
    return Scope(
        role=roles()[mandate.role],
        day=timezone.localdate(),
        ground=ground_now(),
        mandate=mandate.mandate,
        person=mandate.person,
        party=mandate.party,
        area=mandate.area,
        scheme=mandate.scheme,
    )


def scope_again(person: UUID, mandate: str) -> Scope:
    """The scope of a mandate for work that goes on after its form was sent; asked anew, for mandates end.

    Refuses  no-mandate: it holds no longer.
    """
    held = [item for item in mandates_of(person, timezone.localdate()) if item.mandate == mandate]
    if not held:
        raise Refusal("no-mandate")
    return scope_under(held[0])


def mandates_of_request(request: HttpRequest) -> list[Mandate]:
    """The mandates that whoever is logged in may choose from today; none for anybody else."""
    if not request.user.is_authenticated:
        return []
    if not hasattr(request, "_mandates"):
        found = mandates_of(person_of_login(request.user.get_username()).id, timezone.localdate())
        request._mandates = [mandate for mandate in found if mandate.role in roles()]
    return request._mandates


def scope_of(request: HttpRequest) -> Scope:
    """The scope of a request: of the mandate chosen in its session, of the first one where none was chosen or the
    chosen one has ended, and that of the public where there is none.
    """
    if not hasattr(request, "_scope"):
        request._scope = _scope(request)
    return request._scope


def _scope(request: HttpRequest) -> Scope:
    held = mandates_of_request(request)
    if not held:
        return public_scope()
    chosen = request.session.get(CHOSEN)
    return scope_under(next((mandate for mandate in held if mandate.mandate == chosen), held[0]))

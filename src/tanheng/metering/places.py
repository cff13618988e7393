"""Where the energy of a unit counts: the areas in which it lies month by month, and the sector of its code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tanheng.kernel.period import Period
from tanheng.kernel.subject import Directory

SECTOR = "sector"
_INDUSTRY = "industry"
_DIVISION = 2  # digits of a code that name a division of the classification of industries


def places_of(
    directory: Directory, units: Iterable[str], months: Sequence[str]
) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """By unit and month the place on each level: the area in which the unit lay on the first day, and its sector.

    Reads    directory: a facility that opens within a month lies there for that month; its code of `industry`, where it
             has one, gives the sector by its first two digits.
    Gives    nothing for a unit that the directory does not have, or that lies nowhere in the month.
    """
    wanted, codes = set(units), {facility.id: facility.codes for facility in directory.facilities}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for month in months:
        for stay in directory.stays(Period.parse(month)):
            if stay.facility in wanted and (stay.facility, month) not in found:
                found[stay.facility, month] = {**stay.areas, **_sector(codes[stay.facility])}
    return found


def _sector(codes: Mapping[str, str]) -> Mapping[str, str]:
    return {SECTOR: codes[_INDUSTRY][:_DIVISION]} if _INDUSTRY in codes else {}

"""A site: what its pages show, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from tanheng.client.answers import Line, content_of
from tanheng.client.explanation import Explanation
from tanheng.client.figures import figure_table, light_table, target_table
from tanheng.client.table import Table, table_of

_AT_ONCE = 10_000


def connect(site: str, token: str = "", *, lang: str = "zh") -> Site:
    """A site over HTTP. With a token it is read under the mandate that the token was made for, without one as the
    public reads it. Nothing is asked yet.
    """
    from tanheng.client.http_line import HttpLine

    return Site(site, HttpLine(site, token), lang)


def open_home(home: str | Path = "var", *, lang: str = "zh") -> Site:
    """The home of a site without a server: all that it keeps, read only.

    Refuses  site-not-prepared: no site was prepared there; home-open-already: this process has opened another.
    """
    from tanheng.client.home_line import home_line

    return Site(str(home), home_line(home), lang)


@dataclass(frozen=True)
class Site:
    """A site as a reader sees it. Texts are in `lang`: zh or en."""

    name: str
    line: Line
    lang: str = "zh"

    def me(self) -> Mapping[str, Any]:
        """Under which mandate the site is read: role, party, area, and what it may do.

        Refuses  no-mandate: as the public.
        """
        found: Mapping[str, Any] = self.ask("/me")
        return found

    def results(self) -> Table:
        """The stored results, the latest first: method, scheme, period, as known when."""
        rows = [
            {"id": item["id"], "method": item["receipt"]["method"], "method_version": item["receipt"]["method_version"]}
            | {name: item["receipt"]["parameters"][name] for name in ("scheme", "period", "known_on")}
            for item in self.rows("/results")
        ]
        return table_of("results", rows)

    def figures(self, result: str = "latest", *, level: str = "", parent: str = "", period: str = "") -> Table:
        """The figures of a result, one row for each subject: of a level, of what lies in an area, of a period.

        Refuses  result-not-found, area-not-found, period-unreadable.
        """
        rows = self.rows(f"/results/{quote(result, safe='')}/figures", level=level, parent=parent, period=period)
        return figure_table(rows, self.lang, lambda address: (result, address), self.explain)

    def explain(self, result: str, address: str, parts: int = 40) -> Explanation:
        """Why a figure has its value.

        Refuses  result-not-found, address-unreadable, figure-not-found.
        """
        path = f"/results/{quote(result, safe='')}/explain"
        return Explanation(self.ask(path, address=address, parts=parts), self.lang)

    def targets(self, *, year: str = "", subject: str = "", indicator: str = "") -> Table:
        """The targets in reach, each with the light of the last quarter of its year."""
        return target_table(self.rows("/targets", year=year, subject=subject, indicator=indicator), self.lang)

    def barometer(self, quarter: str = "", *, measure: str = "", tier: str = "", track: str = "") -> Table:
        """The lights of a quarter (default: the latest): of a measure, a tier, a track.

        Refuses  barometer-not-stored, period-unreadable, barometer-period-not-quarter.
        """
        chosen = quarter or next((item["quarter"] for item in self.rows("/barometer")), "")
        if not chosen:
            return Table("barometer", (), ())
        rows = self.rows(f"/barometer/{quote(chosen, safe='')}", measure=measure, tier=tier, track=track)
        return light_table(chosen, rows, self.lang, self.explain)

    def tasks(self, *, year: str = "", stand: str = "", party: str = "", due: str = "") -> Table:
        """The tasks of a year (default: this one, else the last that has any), the most urgent first."""
        rows = self.rows("/tasks", year=year, stand=stand, party=party, due=due)
        names = ("id", "number", "label", "category", "lead", "supporting", "due", "days_left")
        told = [
            {name: row[name] for name in names}
            | {"stand": row["stand"]["word"], "completion_percent": _number(row["completion"])}
            | {"expected_percent": _number(row["expected"]), "progress": row["progress"]}
            for row in rows
        ]
        return table_of("tasks", told)

    def observations(self, **asked: str) -> Table:
        """What was stated, with its unit, status and source: of a subject, an indicator, a period.

        Reads    asked: subject, indicator, period, and `revisions` ("all": what was stated earlier too).
        """
        rows = [{**row, "value": _number(row["value"])} for row in self.rows("/observations", **asked)]
        return table_of("observations", rows)

    def areas(self) -> Table:
        """The areas in reach."""
        return self._named("/areas", ("id", "label", "level", "parent"))

    def units(self, area: str = "") -> Table:
        """The units in reach; with an area those that lie in it today."""
        return self._named("/units", ("id", "label", "area"), area=area)

    def publications(self) -> Table:
        """What the office has published, the latest first."""
        return table_of("publications", [dict(row) for row in self.rows("/publications")])

    def factors(self) -> Table:
        """The factors of the packs in use."""
        return table_of("factors", [dict(row) for row in self.rows("/rules/factors")])

    def methods(self) -> Table:
        """The methods of the packs in use."""
        return table_of("methods", [dict(row) for row in self.rows("/rules/methods")])

    def indicators(self) -> Table:
        """The indicators of the packs in use: unit with basis, and how each adds up."""
        return self._named("/rules/indicators", ("id", "label", "unit", "grid", "adds"))

    def documents(self) -> Table:
        """The recorded documents.

        Refuses  not-permitted.
        """
        return table_of("documents", [dict(row) for row in self.rows("/documents")])

    def ask(self, path: str, **asked: object) -> Any:
        """What the API says at a path below /api; texts in the language of this reader.

        Refuses  site-unreachable, site-answers-otherwise; whatever the site refuses.
        """
        return content_of(self.line.get(self._address(path, asked)), self.name)

    def rows(self, path: str, **asked: object) -> list[Mapping[str, Any]]:
        """All rows of a list of the API, however many parts it comes in."""
        found: list[Mapping[str, Any]] = []
        while True:
            part = self.ask(path, **asked, limit=_AT_ONCE, offset=len(found))
            found += part
            if len(part) < _AT_ONCE:
                return found

    def _named(self, path: str, names: Iterable[str], **asked: object) -> Table:
        rows = [{name: _said(row[name], self.lang) for name in names} for row in self.rows(path, **asked)]
        return table_of(path.strip("/"), rows)

    def _address(self, path: str, asked: Mapping[str, object]) -> str:
        query = {name: value for name, value in asked.items() if value not in ("", None)}
        return f"{path}?{urlencode({**query, 'lang': 'en' if self.lang == 'en' else 'zh-hans'})}"


def _said(value: object, lang: str) -> object:
    return value[lang] if isinstance(value, Mapping) and lang in value else value


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None

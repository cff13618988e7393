"""The barometer: a light for every target of a quarter, however its figure was made, and for the quarters before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tanheng.kernel.account import Account
from tanheng.kernel.account.comparison import said
from tanheng.kernel.assessment.light import CLAUSE, Light
from tanheng.kernel.assessment.light_feedback import Difference
from tanheng.kernel.faults import Finding, Refusal, Severity, Worded
from tanheng.kernel.obligation.aim import Aim, actuals, aims
from tanheng.kernel.obligation.result import Actual, Reach
from tanheng.kernel.pack import Barometer, BarometerRule, chosen_rules
from tanheng.kernel.period import Period
from tanheng.kernel.quantity import Unit, name
from tanheng.kernel.trace import Address, Cell

FED_BACK, NO_DATA = "fed_back", "no_data"
_MOST_QUARTERS = 40
_REACHES: tuple[Reach, ...] = ("annual", "cumulative")
_BASES = ("target", "plan")
_FLAT = ("field_estimate", "field_flat_share")
_ESTIMATED = "estimated"
_RATE = Unit.parse("10^-9")
Key = tuple[str, str, str]


def barometer(account: Account) -> None:
    """A light for every target that runs in a quarter, and for the quarters before it, each by its rule.

    A light has the subject `<target>#<tier>/<made>`: made is estimated (推算), accounted (核算) or fed_back (市反馈),
    with a variant behind it (carbon at the frozen and at the updated grid factor, area intensity with and without the
    weather). Our own figure comes first; the city's feedback stands beside it. Fields (条) and areas (块), intensity
    and total, floor and stretch are targets of their own and are never brought together.

    Reads    targets; what their measures are computed from. Settings: rule, kinds, reach, gap_base, quarters.
    Gives    light_level (a gap is grey), light_gap, the two figures, light_distance in tonnes, light_change against
             the quarter before, light_flat_share, light_difference between feedback and our own figure.
    Refuses  barometer-period-not-quarter; barometer-rule-not-chosen; barometer-rule-unknown; setting-not-allowed;
             barometer-without-targets: nothing is demanded for the year.
    Source   barometer-practice#lights
    """
    quarters = list(quarters_of(account))
    lights, before, earlier = _Lights(account), dict[Key, Cell](), None
    for period in quarters:
        rule = rule_of(account, period)
        comparable = before if rule is earlier else {}  # levels of two rules do not compare
        before, earlier = {} if rule is None else lights.write(period, rule, comparable), rule
    if not lights.written:
        raise Refusal("barometer-without-targets", period=str(account.period), known_on=account.facts.known_on)


def quarters_of(account: Account) -> Iterator[Period]:
    """The quarters of the run as periods to date, the earliest first.

    Refuses  barometer-period-not-quarter: no whole quarters from January on.
    """
    period, text = account.period, account.setting("quarters")
    if not text.isdecimal() or not 1 <= int(text) <= _MOST_QUARTERS:
        raise Refusal("setting-not-allowed", name="quarters", value=text, allowed=f"1 … {_MOST_QUARTERS}")
    months = len(period.months()) if period.is_whole_months() else 0
    if period.start.month != 1 or months not in (3, 6, 9, 12):
        raise Refusal("barometer-period-not-quarter", period=str(period))
    last = period.start.year * 4 + months // 3 - 1
    for number in range(last - int(text) + 1, last + 1):
        yield Period.parse(f"{number // 4}-01..{number // 4}-{number % 4 * 3 + 3:02}")


def rule_of(account: Account, period: Period) -> BarometerRule | None:
    """The rule that governs a quarter; None for an earlier quarter for which none is chosen.

    Refuses  barometer-rule-unknown; barometer-rule-not-chosen: none, or several, for the quarter of the run.
    """
    rules = {rule.id: rule for rule in account.packs.all(BarometerRule)}
    asked = account.setting("rule")
    if asked and asked not in rules:
        raise Refusal("barometer-rule-unknown", rule=asked, known=", ".join(sorted(rules)))
    places, known_on = account.directory.labels, account.facts.known_on
    chosen = chosen_rules(account.packs.all(Barometer), places, period, known_on)
    if not asked and len(chosen) != 1:
        if period != account.period:
            return None
        fields = {"count": len(chosen), "period": str(period), "known": ", ".join(sorted(rules))}
        raise Refusal("barometer-rule-not-chosen", **fields)
    rule = rules[asked or chosen[0].rule]
    if period == account.period and not rule.is_of_its_era(period):
        fields = {"rule": Worded(rule.label.zh, rule.label.en), "clause": rule.clause}
        account.paper.findings.append(Finding("barometer-rule-of-another-era", rule.id, fields, Severity.NOTE))
    return rule


@dataclass
class _Lights:
    """The lights of a run, quarter by quarter."""

    account: Account
    written: int = 0
    quiet: set[tuple[str, str]] = field(default_factory=set)

    def write(self, period: Period, rule: BarometerRule, before: dict[Key, Cell]) -> dict[Key, Cell]:
        """The lights of a quarter; gives, by target, the level that counts."""
        kinds = self.account.setting("kinds").split(",")
        counting = {}
        for aim in aims(self.account, period):
            if aim.measure.kind in kinds and self._can_grade(rule, aim):
                key = (aim.subject, aim.measure.id, aim.tier)
                earlier = before[key] if key in before else None
                counting[key] = self._aim(rule, aim, earlier)
        return counting

    def _can_grade(self, rule: BarometerRule, aim: Aim) -> bool:
        demanded = self._demanded(aim)
        by_completion = any(reach.by == "completion" for _, reach in rule.steps)
        odd = by_completion and demanded is not None and demanded.value is not None and demanded.value <= 0
        if aim.direction in rule.directions and not odd:
            return True
        if (rule.id, aim.target.id) not in self.quiet:
            self.quiet.add((rule.id, aim.target.id))
            self._say("light-not-graded", aim, Severity.NOTE, rule=Worded(rule.label.zh, rule.label.en))
        return False

    def _aim(self, rule: BarometerRule, aim: Aim, earlier: Cell | None) -> Cell:
        """All lights of one target; the first that has a level counts, and feedback only where nothing else does."""
        made = _once(item for item in actuals(self.account, aim, self._reach) if item.cell.value is not None)
        demanded = self._demanded(aim) or self._gap("light_target", aim, _RATE)
        lights = {_way(item): self._light(rule, aim, _way(item), demanded, item.cell) for item in made}
        own = [item for item in made if item.made != FED_BACK]
        first = next(iter([*own, *made]), None)
        if first is None or demanded.value is None:
            return self._grey(rule, aim, demanded, lights)
        cell = lights[_way(first)]
        self._beside(aim, own, made)
        self._flat(aim, first)
        self._change(aim, _way(first), cell, earlier)
        return cell

    def _light(self, rule: BarometerRule, aim: Aim, way: str, demanded: Cell, cell: Cell) -> Cell:
        self.written += 1
        return Light(self.account, aim, rule, way, demanded, cell).write()

    def _grey(self, rule: BarometerRule, aim: Aim, demanded: Cell, lights: dict[str, Cell]) -> Cell:
        """No data, or no number that is demanded: grey, and never green."""
        if aim.period == self.account.period:
            waits = aim.line is not None and aim.is_growth
            self._say("light-field-waits" if waits else "light-grey", aim, Severity.NOTE)
        if lights:
            return next(iter(lights.values()))
        return self._light(rule, aim, NO_DATA, demanded, self._gap("light_actual", aim, demanded.unit))

    # ---- what stands beside a light
    def _beside(self, aim: Aim, own: list[Actual], made: list[Actual]) -> None:
        theirs = next((item for item in made if item.made == FED_BACK), None)
        if theirs is None or not own or theirs.cell.unit != own[0].cell.unit or aim.line is not None:
            return
        subject = _subject(aim, _way(theirs))
        difference = Difference(self.account, subject, aim.subject, aim.period, own[0].cell, theirs.cell)
        difference.write(decline=aim.measure.reckoned == "decline" and own[0].made == _ESTIMATED)

    def _flat(self, aim: Aim, first: Actual) -> None:
        """The share of an estimate that last year's intensity makes flat; all of it says that the light says little."""
        method, column = _FLAT
        if first.made != _ESTIMATED or method not in self.account.use.builds_on:
            return
        level = "field" if aim.line else self.account.directory.level_of(aim.subject)
        figures = self.account.figures(method, column, aim.period, level=level or "facility")
        if aim.subject not in figures or figures[aim.subject].value is None:
            return
        share = figures[aim.subject]
        at = Address("light_flat_share", _subject(aim, _way(first)), aim.period)
        self.account.paper.whole(at, name("share"), {"share": share}, clause="barometer-practice#flat")
        if aim.period == self.account.period and share.value:
            code = "light-flat" if share.value == 10**9 else "light-partly-flat"
            self._say(code, aim, Severity.NOTE, share=round(share.value / 10**7, 1))

    def _change(self, aim: Aim, way: str, cell: Cell, earlier: Cell | None) -> None:
        """Levels against the quarter before: below zero it has fallen back."""
        if earlier is None or earlier.value is None or cell.value is None:
            return
        at = Address("light_change", _subject(aim, way), aim.period)
        inputs = {"now": cell, "before": earlier}
        change = self.account.paper.whole(at, name("now") - name("before"), inputs, clause=CLAUSE)
        if aim.period == self.account.period and change.value is not None and change.value < 0:
            self._say("light-fell-back", aim, Severity.WARNING, before=earlier.value, now=cell.value)

    # ---- settings and words
    @property
    def _reach(self) -> Reach:
        text = self.account.setting("reach")
        for reach in _REACHES:
            if reach == text:
                return reach
        raise Refusal("setting-not-allowed", name="reach", value=text, allowed=", ".join(_REACHES))

    def _demanded(self, aim: Aim) -> Cell | None:
        base = self.account.setting("gap_base")
        if base not in _BASES:
            raise Refusal("setting-not-allowed", name="gap_base", value=base, allowed=", ".join(_BASES))
        return aim.annual if self._reach == "annual" else aim.cumulative

    def _gap(self, column: str, aim: Aim, unit: Unit) -> Cell:
        at = Address(column, _subject(aim, NO_DATA), aim.period)
        return self.account.paper.given(at, None, unit, f"gap:{at}")

    def _say(self, code: str, aim: Aim, severity: Severity, **fields: object) -> None:
        label = aim.target.label
        target = Worded(label.zh, label.en)
        said(self.account, code, aim.subject, severity, aim.period, target=target, id=aim.target.id, **fields)


def _once(made: Iterable[Actual]) -> list[Actual]:
    """Of several figures that are made in one way the first: the one that the measure prefers."""
    first: dict[str, Actual] = {}
    for item in made:
        first.setdefault(_way(item), item)
    return list(first.values())


def _way(item: Actual) -> str:
    return "/".join(part for part in (item.made, item.variant) if part)


def _subject(aim: Aim, way: str) -> str:
    return f"{aim.target.id}#{aim.tier}/{way}"

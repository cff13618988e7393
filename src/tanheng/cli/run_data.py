"""A run over one data file, without a site: `tanheng run … --data FILE`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tanheng.cli.output import as_json, emit, has_blocker, say, show_findings, show_table
from tanheng.cli.words import language, words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.kernel.pack import PackSet
    from tanheng.kernel.run import AccountRun
    from tanheng.store.balance_file import BalanceFile

_READS = "energy_balance"
_PER_MILLION_TONNES = 10**12  # grams: the grids of the results
_TONNES = 10**6
Json = dict[str, Any]


def run_data(
    method: str,
    path: Path,
    period: Period | None,
    scheme: str | None,
    known_on: date,
    settings: Mapping[str, str],
    *,
    as_document: bool,
) -> int:
    """Reads the file, computes and prints; nothing is kept. Where the file has a blocking problem nothing is computed.

    Refuses  data-not-for-method, and whatever reading the file or the run refuses.
    """
    from tanheng.kernel.pack import BalanceLayout
    from tanheng.kernel.run import Parameters, computed_account
    from tanheng.store import load_packs
    from tanheng.store.balance_file import read_balance_file

    packs = load_packs()
    _refuse_other_methods(method, packs)
    scheme = scheme or packs.usual_scheme(method)
    use = packs.method_use(method, scheme)
    layout = settings["balance_layout"] if "balance_layout" in settings else use.settings["balance_layout"].value
    file = read_balance_file(path, packs, packs.get(BalanceLayout, layout))
    if has_blocker(as_json(file.findings)):
        return _shown(_Answer(file, None, method), as_document=as_document)
    inputs = file.inputs(known_on, coverage=use.coverage, use_class=use.use_classes[0])
    parameters = Parameters(file.period(period), scheme, known_on, 1, settings=settings)
    done = computed_account(method, packs, inputs, parameters)
    return _shown(_Answer(file, done, method), as_document=as_document)


def _refuse_other_methods(method: str, packs: PackSet) -> None:
    from tanheng.kernel.pack import MethodDefinition

    able = [item.id for item in packs.all(MethodDefinition) if [reads.indicator for reads in item.reads] == [_READS]]
    if method not in able:
        packs.get(MethodDefinition, method)
        raise Refusal("data-not-for-method", method=method, methods=", ".join(sorted(able)) or "-")


class _Answer:
    """What a run over a file tells; without figures where the file could not be computed."""

    def __init__(self, file: BalanceFile, done: AccountRun | None, method: str) -> None:
        from tanheng.kernel.run import result_of

        self.file, self.done, self.method = file, done, method
        self.result = result_of(done) if done else None
        self.findings = as_json([*file.findings, *(self.result.findings if self.result else ())])

    def as_json(self) -> Json:
        """The document; a method without CO2 gives the balance alone."""
        emissions = {"rows": self.rows(), "total": {"co2_mt": self.figure("co2")}} if self.has("co2") else {}
        return emissions | {
            "closure": self.closure(),
            "energy_total_mtce": {
                "calorific": self.figure("energy_total_calorific"),
                "coal_equivalent": self.figure("energy_total"),
            },
            "findings": self.findings,
            "receipt": self.result.receipt.as_json() if self.result else None,
        }

    def has(self, column: str) -> bool:
        """Whether the method gives a column; one that could not run is known by its name."""
        return column in self.done.grids if self.done else column in self.method

    def rows(self) -> list[Json]:
        """The fuels that are counted, with their activity data and CO2."""
        co2, activity = self._lines("co2"), self._lines("activity_data")
        return [
            {
                "fuel": self.file.written[fuel],
                "activity_mtce": _divided(activity[fuel], _TONNES),
                "co2_mt": _divided(value, _PER_MILLION_TONNES),
            }
            for fuel, value in co2.items()
        ]

    def closure(self) -> list[Json]:
        """What is left over of each fuel."""
        return [
            {"fuel": self.file.written[fuel], "residual_mtce": _divided(value, _PER_MILLION_TONNES)}
            for fuel, value in self._lines("balance_residual").items()
        ]

    def figure(self, column: str) -> float | None:
        """The figure of the region, in millions of tonnes."""
        if self.done is None:
            return None
        cells = [cell for cell in self.done.paper.of_column(column) if cell.address.line is None]
        return _divided(cells[0].value, _PER_MILLION_TONNES) if cells else None

    def mark(self, column: str, fuel: str | None = None) -> str:
        """A star where a figure rests on something that nobody has verified."""
        cells = self.done.paper.of_column(column) if self.done else ()
        written = {cell.address.line and self.file.written[cell.address.line]: cell.unverified for cell in cells}
        return "*" if written.get(fuel) else ""

    def _lines(self, column: str) -> dict[str, float | None]:
        """The lines of a column by fuel, in the order in which the file names the fuels."""
        cells = self.done.paper.of_column(column) if self.done else ()
        found = {cell.address.line: cell.value for cell in cells if cell.address.line is not None}
        return {fuel: found[fuel] for fuel in self.file.written if fuel in found}


def _divided(value: float | None, by: int) -> float | None:
    return None if value is None else round(value / by, 9)


def _shown(answer: _Answer, *, as_document: bool) -> int:
    if as_document:
        emit(answer.as_json())
    else:
        _show(answer)
    return int(has_blocker(answer.findings))


def _show(answer: _Answer) -> None:
    if answer.done is not None:
        say(f"{answer.file.name} · {answer.done.account.period.label(language())}", "bold")
        _show_fuels(answer)
        _show_totals(answer)
    show_findings(answer.findings)


def _show_fuels(answer: _Answer) -> None:
    residuals = {row["fuel"]: row["residual_mtce"] for row in answer.closure()}
    rows = {row["fuel"]: row for row in answer.rows()} if answer.has("co2") else {}
    heads = [(words("品种", "Fuel"), False), (words("轧差 (Mtce)", "Residual (Mtce)"), True)]
    if rows:
        heads += [(words("活动数据 (Mtce)", "Activity (Mtce)"), True), ("CO2 (Mt)", True)]
    lines = []
    for fuel in answer.file.written.values():
        line = [fuel, _text(residuals[fuel] if fuel in residuals else None, 6)]
        if rows:
            row = rows[fuel] if fuel in rows else {"activity_mtce": None, "co2_mt": None}
            line += [_text(row["activity_mtce"], 4), _text(row["co2_mt"], 3) + answer.mark("co2", fuel)]
        lines.append(line)
    show_table(heads, lines)


def _show_totals(answer: _Answer) -> None:
    figures = [
        (words("能源消费总量（当量值）", "Energy, calorific basis"), "energy_total_calorific", "Mtce", 4),
        (words("能源消费总量（等价值）", "Energy, coal equivalent"), "energy_total", "Mtce", 4),
        (words("二氧化碳", "CO2"), "co2", "Mt", 3),
        (words("其中：国际燃料舱（备忘）", "Memo: international bunkers"), "bunker_co2", "Mt", 3),
        (words("用作原料、材料", "Non-energy use"), "non_energy_use", "Mtce", 4),
    ]
    for label, column, unit, decimals in figures:
        if answer.has(column):
            say(f"{label}  {_text(answer.figure(column), decimals)}{answer.mark(column)} {unit}")
    say(words("* 用到未核实的因子或设定。\n", "* uses unverified factors or settings.\n"))


def _text(value: float | None, decimals: int) -> str:
    return "–" if value is None else f"{value:,.{decimals}f}"

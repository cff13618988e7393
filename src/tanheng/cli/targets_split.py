"""What `targets check` and `targets decompose` share: the plan that is meant, where its figures come from, the run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tanheng.cli.output import as_json, say, show_findings, show_table
from tanheng.cli.words import language, said, words
from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period

if TYPE_CHECKING:
    from tanheng.kernel.pack import PackSet
    from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
    from tanheng.reports.decomposition_figures import SplitFigures, SplitLine

SCHEME = "energy_assessment"
_ENDINGS = (".yaml", ".yml")
_NO_POSITION = 1


@dataclass(frozen=True)
class Asked:
    """A split that somebody asks for: by which method, of which plan, from which records, as known on which day.

    `pack`: from the targets and figures of that pack alone, without a site.
    """

    method: str
    known_on: date
    pack: str | None = None
    period: Period | None = None


def is_file(reference: str) -> bool:
    """Whether a plan is named by its file."""
    return Path(reference).suffix.lower() in _ENDINGS


def computed(reference: str, asked: Asked) -> SplitFigures:
    """The figures of a plan: of a file or of a pack without a site, else out of the records of the site.

    Refuses  split-file-unreadable, definition-missing, split-period-differs; whatever the run refuses.
    """
    from tanheng.kernel.pack.decomposition_plan import DecompositionPlan
    from tanheng.store import load_packs
    from tanheng.store.plan_file import read_plan, with_plan

    packs = load_packs()
    if is_file(reference):
        path = Path(reference)
        plan = read_plan(path)[1]
        return _without_site(plan, with_plan(packs, plan, path.name), asked)
    if not asked.pack and has_site():
        return _on_site(reference, packs, asked)
    return _without_site(packs.get(DecompositionPlan, reference), packs, asked)


def has_site() -> bool:
    """Whether there is a site to compute on."""
    from tanheng.store.home import Home

    return Home.of_environment().inbox.is_dir()


def _refuse_other_period(plan: DecompositionPlan, asked: Asked) -> None:
    if asked.period is not None and Period.parse(plan.by) != asked.period:
        raise Refusal("split-period-differs", plan=plan.id, by=plan.by, period=str(asked.period))


def _without_site(plan: DecompositionPlan, packs: PackSet, asked: Asked) -> SplitFigures:
    from tanheng.kernel.run import OBSERVATION_COLUMNS, Inputs, Parameters, run
    from tanheng.kernel.table import Table
    from tanheng.reports.decomposition_figures import split_figures
    from tanheng.store.packs import directory_of
    from tanheng.store.plan_file import demands_of_packs

    _refuse_other_period(plan, asked)
    nothing = Table.of_rows([], OBSERVATION_COLUMNS, keys=("subject",))
    directory = directory_of(packs)
    inputs = Inputs(nothing, directory, {}, demands_of_packs(packs, asked.pack))
    parameters = Parameters(Period.parse(plan.by), SCHEME, asked.known_on, _NO_POSITION, None, {"plan": plan.id})
    result = run(asked.method, packs, inputs, parameters)
    return split_figures(plan, packs, directory, result.figures, as_json(result.findings))


def _on_site(reference: str, packs: PackSet, asked: Asked) -> SplitFigures:
    from tanheng.cli.site import open_site

    open_site()
    from tanheng.records.computing import inputs_of
    from tanheng.records.split_plans import computed_split, plan_of
    from tanheng.reports.decomposition_figures import split_figures

    plan = plan_of(reference, packs)
    _refuse_other_period(plan, asked)
    stored = computed_split(plan, packs, asked.known_on, method=asked.method)
    directory = inputs_of(stored.receipt).inputs().directory
    return split_figures(plan, packs, directory, stored.figures, stored.findings, stored.id)


# ---- printing
def show_split(split: SplitFigures, columns: Sequence[tuple[str, str, str]]) -> None:
    """Prints a split: findings, a table of the subjects and the whole, how to have a figure explained."""
    show_findings(split.findings)
    if split.fictional:
        say(words("虚构数据，仅供演示", "Fictional data, for demonstration only"), "yellow")
    say(f"{said(split.plan.label)}  {split.plan.base} → {split.plan.by}", "bold")
    shown = [item for item in columns if any(line.get(item[0]) is not None for line in (*split.lines, split.whole))]
    heads = [("", False), *((f"{words(zh, en)}", True) for _, zh, en in shown)]
    rows = [_cells(line, [item[0] for item in shown]) for line in (*split.lines, split.whole)]
    show_table(heads, rows)
    if split.result:
        at = next(iter(split.whole.addresses.values()), "ADDRESS")
        say(words(f"结果 {split.result}；逐个解释：tanheng explain {split.result} {at}",
                  f"Result {split.result}; explain a figure: tanheng explain {split.result} {at}"))  # fmt: skip


def _cells(line: SplitLine, names: Sequence[str]) -> list[str]:
    return [line.label[language()], *(_shown(line.get(name)) for name in names)]


def _shown(value: Decimal | None) -> str:
    """A figure for the screen, to four places; the document has it exact."""
    if value is None:
        return "–"
    text = f"{value:,.4f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

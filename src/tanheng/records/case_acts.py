"""What moves do in the records: the names that procedures give under `does`, written out by hand."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.faults import Refusal
from tanheng.kernel.period import Period, year_to_date
from tanheng.kernel.procedure import Act
from tanheng.records.adopting import adopt, table_of_pack
from tanheng.records.cases import Case, Handler
from tanheng.records.models import Person
from tanheng.records.publishing import publish
from tanheng.records.site_files import results
from tanheng.store.packs import load_packs

_DISPATCH, _TABLE = "dispatch", "table/"


def publish_result(case: Case, act: Act, actor: Person) -> Mapping[str, str]:
    """Publishes the result that a case is about, under the title of the case.

    Refuses  whatever publishing refuses; the case does not move then.
    """
    result = case.last.about.removeprefix("result/")
    return {"publication": publish(result, case.last.title, actor, in_case=True).reference}


def refuse_split_round(_case: Case, _act: Act, _actor: Person) -> Mapping[str, str]:
    """A split is never moved as a case alone: its values and answers are recorded in the same breath.

    Refuses  split-moved-on-its-page.
    """
    raise Refusal("split-moved-on-its-page")


def hold_month_result(case: Case, act: Act, actor: Person) -> Mapping[str, str]:
    """Confirms that the result a move brings is the dispatch of the month that a case is about.

    Refuses  month-without-result; month-result-unfit; result-not-found.
    """
    if "result" not in act.given:
        raise Refusal("month-without-result")
    month = Period.parse(case.last.about)
    span, receipt = year_to_date(month.start.year, month.start.month), results().load(act.given["result"]).receipt
    if receipt["method"] != _DISPATCH or receipt["parameters"]["period"] != str(span):
        raise Refusal("month-result-unfit", result=act.given["result"], period=span.label())
    return {}


def register_table(case: Case, act: Act, actor: Person) -> Mapping[str, str]:
    """Records the targets or tasks of the table that a case is about, as `tanheng targets adopt` does; of a case about
    anything else nothing: a document of the library is registered where it is reviewed.

    Refuses  definition-missing: no pack in use has the table; whatever recording refuses. The case does not move then.
    """
    if not case.last.about.startswith(_TABLE):
        return {}
    document, obligations = table_of_pack(load_packs(), case.last.about.removeprefix(_TABLE))
    done = adopt(document, obligations, actor)
    return {"registered": str(done.accepted), "new": str(done.new)}


HANDLERS: Mapping[str, Handler] = {
    "register_table": register_table,
    "publish_result": publish_result,
    "split_round": refuse_split_round,
    "hold_month_result": hold_month_result,
}

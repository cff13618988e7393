"""What moves do in the records: the names that procedures give under `does`, written out by hand."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.procedure import Act
from tanheng.records.cases import Case, Handler
from tanheng.records.models import Person
from tanheng.records.publishing import publish


def publish_result(case: Case, act: Act, actor: Person) -> Mapping[str, str]:
    """Publishes the result that a case is about, under the title of the case.

    Refuses  whatever publishing refuses; the case does not move then.
    """
    result = case.last.about.removeprefix("result/")
    return {"publication": publish(result, case.last.title, actor, in_case=True).reference}


HANDLERS: Mapping[str, Handler] = {"publish_result": publish_result}

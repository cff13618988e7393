"""What the moves of papers about results do."""

from __future__ import annotations

from collections.abc import Mapping

from tanheng.kernel.procedure import Act
from tanheng.records.cases import Case, Handler
from tanheng.records.models import Person
from tanheng.web.documents.assessment_jobs import quoted_scores
from tanheng.web.documents.barometer_jobs import quoted_lights
from tanheng.web.documents.paper_case import ASSESSMENT, BAROMETER
from tanheng.web.documents.paper_jobs import Quoted, freeze_quoted

_QUOTED: Mapping[str, Quoted] = {BAROMETER: quoted_lights, ASSESSMENT: quoted_scores}


def freeze_paper(case: Case, act: Act, actor: Person) -> Mapping[str, str]:
    """Publishes what a signed paper is about: lights, or scores.

    Refuses  as `freeze_quoted`.
    """
    return freeze_quoted(case, act, actor, _QUOTED[case.last.about.partition("/")[0]])


HANDLERS: Mapping[str, Handler] = {"freeze_paper": freeze_paper}

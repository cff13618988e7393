"""Progress beside the figures of an earlier day: what a revision changed is named, also where it took a figure away."""

from tanheng.kernel.demand import Baseline, Demand, Target
from tanheng.kernel.pack.shape import Label
from tanheng.reports.target_progress import ProgressRow

TARGET = Target(
    id="plan.t001", label=Label(zh="能耗下降", en="energy down"), clause="plan#1", place="", subject="area/east",
    indicator="energy_per_gdp", demanded="", demand=Demand("down", 3, unit="%", by="2025"), baseline=Baseline("2024"),
)  # fmt: skip


def row(now, then):
    return ProgressRow(TARGET.id, TARGET, now, then)


def test_a_figure_that_a_revision_changed_is_named_and_one_that_stayed_is_not():
    assert row({"target_of_year": 3, "result_of_year": 2}, {"target_of_year": 3, "result_of_year": 1}).restated == [
        "result_of_year"
    ]


def test_a_figure_that_was_known_then_and_is_no_longer_is_named():
    gone = row({"target_of_year": 3}, {"target_of_year": 3, "result_of_year": 1})
    assert gone.restated == ["result_of_year"]
    assert gone.columns == ["target_of_year", "result_of_year"]


def test_a_figure_that_nobody_knew_then_is_no_revision():
    assert row({"result_of_year": 2}, {}).restated == []

"""Going down a figure as a reader does: from formula to formula, until nothing is left but what somebody stated."""

from collections import Counter

from tests.kernel.area_world import Run

COMPUTED = {"step", "figure"}


def leaves_of(run: Run, address: str) -> Counter[str]:
    """What a figure rests on in the end, by the kind of reference; every figure on the way explains itself alike."""
    pending, told, leaves = [address], {}, Counter[str]()
    for at in pending:
        told[at] = run.why(at)
        for step in told[at]["steps"]:
            for term in step["inputs"].values():
                kind, _, below = term["ref"].partition(":")
                if kind == "figure" and below not in pending:
                    pending.append(below)
                    assert run.why(below)["value"] == term["value"], f"{at} rests on {below}"
                leaves += Counter([kind] if kind not in COMPUTED else [])
    return leaves


def figures_of(run: Run) -> list[str]:
    """Every figure of a result that has a value."""
    from tanheng.kernel.period import Period

    columns = [name for name in run.result.figures.columns if f"{name}_missing" in run.result.figures.columns]
    return [
        f"{column}@{row['subject']}@{Period(row['period_start'], row['period_end'])}"
        for row in run.result.figures.rows()
        for column in columns
        if row[column] is not None
    ]

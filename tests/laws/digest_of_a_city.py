"""Prints the digest of a fixed city's figures; run once for each number of threads."""

import random

from tests.kernel.world import MONTHS, NOW, asked, computed, directory, inputs, located, stated

TOWNS = ("area/quay", "area/hill", "area/dale")


def main() -> None:
    draw = random.Random(20240101)
    facilities = [f"facility/{number:03}" for number in range(300)]
    where = directory(*(located(id, draw.choice(TOWNS)) for id in facilities), facilities=facilities)
    rows = [
        stated(id, carrier, month, draw.uniform(0, 1e6))
        for id in facilities
        for carrier in ("diesel", "natural_gas", "electricity")
        for month in MONTHS
        if draw.random() > 0.02
    ]
    draw.shuffle(rows)
    print(computed(inputs(rows, where), asked(NOW)).receipt.figures)  # noqa: T201


if __name__ == "__main__":
    main()

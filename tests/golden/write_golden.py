"""Writes the golden figures anew: `python -m tests.golden.write_golden`.

A golden changes alone, in a commit that gives before, after and cause.
"""

import tempfile
from pathlib import Path

from tests.golden.demo_city import GOLDEN, figures_of_2024, inputs_in

HEADER = """\
# Every figure of the demo city for 2024, in whole grams, as known on two dates. Empty: nothing was reported.
# A golden changes alone, in a commit that gives before, after and cause. Written by tests/golden/write_golden.py.
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        GOLDEN.write_text(HEADER + figures_of_2024(inputs_in(Path(folder))), "utf-8")


if __name__ == "__main__":
    main()

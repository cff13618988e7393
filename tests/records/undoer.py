"""A process of its own that undoes imports 1..rounds: `python undoer.py <home> <name> <rounds>`.

It says "ready" and waits for a line before it begins. What another has undone in the meantime is left alone.
"""

import sys

from tanheng.records import configure

configure(home=sys.argv[1])

from tanheng.kernel.faults import Refusal  # noqa: E402
from tanheng.records.people import person_named  # noqa: E402
from tanheng.records.undoing import undo_import  # noqa: E402


def undo(name: str, rounds: int) -> None:
    undoer = person_named(name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for position in range(1, rounds + 1):
        try:
            undo_import(position, undoer)
        except Refusal as refusal:
            if refusal.code != "import-undone-already":
                raise


undo(sys.argv[2], int(sys.argv[3]))

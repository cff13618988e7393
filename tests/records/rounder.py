"""A process of its own that moves one split through its rounds: `python rounder.py <home> <name> <rounds>`.

It says "ready" and waits for a line before it begins. As often as it is told it tries every move that might come next;
one that the other has made already is refused, and that is no loss.
"""

import sys
from decimal import Decimal

from tanheng.records import configure

configure(home=sys.argv[1])

from tanheng.kernel.faults import Refusal  # noqa: E402
from tanheng.kernel.obligation.decomposition import Move, Value  # noqa: E402
from tanheng.records.people import person_named  # noqa: E402
from tanheng.records.rounds import record_round  # noqa: E402

MOVES = (
    Move("draft", values=(Value("东镇", Decimal("2"), "%"),)),
    Move("opinions"),
    Move("feedback"),
    Move("adjusted", values=(Value("东镇", Decimal("3"), "%"),), note="复核"),
)


def move(name: str, rounds: int) -> None:
    mover = person_named(name)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for _ in range(rounds):
        for one in MOVES:
            try:
                record_round("shared", one, mover)
            except Refusal as refusal:
                if refusal.code != "round-out-of-order":
                    raise


move(sys.argv[2], int(sys.argv[3]))

"""A process of its own that moves one case: `python mover.py <home> <name> <rounds>`.

It says "ready" and waits for a line before it begins. In each round it looks at the case and sends what would follow
from what it saw; where the other was quicker it is told so, and counts it. At the end it prints how often.
"""

import sys
from datetime import date

from tanheng.records import configure

configure(home=sys.argv[1])

from tanheng.kernel.faults import Refusal  # noqa: E402
from tanheng.kernel.procedure import Act  # noqa: E402
from tanheng.records.cases import Sending, case_of, move_case  # noqa: E402
from tanheng.records.people import person_named  # noqa: E402

CASE, DAY = "supervision_note/1", date(2026, 3, 2)


def move(name: str, rounds: int) -> None:
    mover, late = person_named(name), 0
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(rounds):
        seen = case_of(CASE).last
        following = "return" if seen.state == "feedback" else "feedback"
        sent = Sending(token=f"{name}-{number}", expected=seen.number)
        try:
            move_case(CASE, Act(following, "office", (name,), f"{name} {number}"), mover, sending=sent, day=DAY)
        except Refusal as refusal:
            if refusal.code != "case-moved-meanwhile":
                raise
            late += 1
    sys.stdout.write(f"{late}\n")


move(sys.argv[2], int(sys.argv[3]))

"""Every procedure, shipped or made up, leads from a beginning to an end, and no case ever leaves its ways."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanheng.kernel.faults import Refusal
from tanheng.kernel.pack import Procedure, WorkingCalendar
from tanheng.kernel.period import working_days_after
from tanheng.kernel.procedure import Act, allowed, next_event
from tanheng.store.home import SHIPPED_PACKS
from tanheng.store.packs import read_packs

PACKS, _ = read_packs(folders=[SHIPPED_PACKS])
SHIPPED = PACKS.all(Procedure)
CALENDAR = PACKS.get(WorkingCalendar, "working_days").calendar
ROLES = ("office", "district", "department", "town", "unit")
DAY = date(2026, 3, 2)
LABEL = {"zh": "某", "en": "some"}
IDS = ("a", "b", "c", "d", "e")


def act_of(move, role, seat):
    """An act with everything that a move may need."""
    given_with_it = {"document_number": "某发〔2026〕1号", "signer": "某人", "signed_on": "2026-03-02"}
    due = DAY + timedelta(days=20) if "due" in move.needs else None
    return Act(
        move.id, role, (seat,), "说明", 1, "party/x" if "addressee" in move.needs else "", due, given_with_it, ()
    )


@st.composite
def whole_definitions(draw):
    """A definition that hangs together: a way from the first state to the last, and whatever else comes to it."""
    ids = IDS[: draw(st.integers(1, 5))]
    states = [{"id": id, "label": LABEL, "held_by": draw(st.sampled_from(["opener", "addressee"]))} for id in ids]
    states[-1]["final"] = True
    way = [([], ids[0]), *(([one], other) for one, other in pairwise(ids))]
    sources = st.lists(st.sampled_from(ids[:-1] or ids), max_size=2, unique=True) if ids[:-1] else st.just([])
    way += draw(st.lists(st.tuples(sources, st.sampled_from(ids)), max_size=4))
    moves = [
        {
            "id": f"m{number}",
            "label": LABEL,
            "sources": froms,
            "to": to,
            "roles": draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True)),
            "by": draw(st.sampled_from(["holder", "opener", "anyone"])),
            "needs": draw(st.lists(st.sampled_from(["text", "evidence", "due", "signer"]), max_size=2, unique=True)),
        }
        for number, (froms, to) in enumerate(way)
    ]
    return {"id": "made_up", "label": LABEL, "clause": "c#1", "calendar": "x", "states": states, "moves": moves}


@st.composite
def torn_definitions(draw):
    """One of those from which a move was torn out, or in which an end is none or a state has become one."""
    definition = draw(whole_definitions())
    for _ in range(draw(st.integers(0, 2))):
        state = draw(st.sampled_from(definition["states"]))
        if draw(st.booleans()):
            state["final"] = not state.get("final", False)
        elif len(definition["moves"]) > 1:
            definition["moves"].remove(draw(st.sampled_from(definition["moves"])))
    return definition


def reached_from(procedure, states):
    found = set(states)
    while more := {
        move.to for move in procedure.moves if move.to and set(move.sources) & found and move.to not in found
    }:
        found |= more
    return found


def check_the_ways(procedure):
    """What the definition must give, found here by another way than the one that checks it."""
    for state in procedure.states:
        leaving = [move for move in procedure.moves if state.id in move.sources]
        assert bool(leaving) != state.final
        ends = reached_from(procedure, {state.id})
        assert any(procedure.state_by_id[end].final for end in ends)
    begun = {move.to for move in procedure.moves if not move.sources}
    assert reached_from(procedure, begun) == {state.id for state in procedure.states}
    assert all(move.roles for move in procedure.moves)


@pytest.mark.parametrize("procedure", SHIPPED, ids=lambda procedure: procedure.id)
def test_every_shipped_procedure_leads_from_a_beginning_to_an_end(procedure):
    check_the_ways(procedure)


@settings(max_examples=200)
@given(whole_definitions())
def test_a_made_up_procedure_that_hangs_together_is_taken(definition):
    check_the_ways(Procedure.model_validate(definition))


@settings(max_examples=200)
@given(torn_definitions())
def test_a_procedure_that_was_torn_is_refused_or_still_leads_from_a_beginning_to_an_end(definition):
    try:
        procedure = Procedure.model_validate(definition)
    except ValueError:
        return
    check_the_ways(procedure)


@pytest.mark.parametrize("procedure", SHIPPED, ids=lambda procedure: procedure.id)
@given(data=st.data())
def test_a_case_keeps_to_its_ways_and_ends_where_nothing_follows(procedure, data):
    walk(procedure, data)


@settings(max_examples=60)
@given(whole_definitions(), st.data())
def test_a_case_of_a_made_up_procedure_keeps_to_its_ways(definition, data):
    walk(Procedure.model_validate(definition), data)


def walk(procedure, data):
    """Makes moves as they are allowed, and tries one that is not each time."""
    standing = None
    for _ in range(data.draw(st.integers(1, 12))):
        role = data.draw(st.sampled_from(ROLES))
        seat = data.draw(st.sampled_from(["party/x", "party/y"]))
        open_to = allowed(procedure, standing, role, (seat,))
        for move in procedure.moves:
            if move in open_to:
                continue
            with pytest.raises(Refusal, match=r"case-(move-unfit|role-unfit|out-of-turn)"):
                next_event(procedure, standing, act_of(move, role, seat), DAY, CALENDAR)
        if standing is not None and procedure.state_by_id[standing.state].final:
            assert open_to == [] and standing.due is None and standing.holder == ""
            return
        if not open_to:
            continue
        move = data.draw(st.sampled_from(open_to))
        moved = next_event(procedure, standing, act_of(move, role, seat), DAY, CALENDAR)
        # an event for every change, numbered without gaps
        assert moved.move == move.id and moved.standing.number == (standing.number if standing else 0) + 1
        assert moved.standing.state == (move.to or standing.state)
        standing = moved.standing


@pytest.mark.parametrize("procedure", SHIPPED, ids=lambda procedure: procedure.id)
def test_nothing_that_a_move_needs_may_be_left_out(procedure):
    standing_at = standings(procedure)
    for move in procedure.moves:
        before = None if move.opens else standing_at[move.sources[0]]
        bare = Act(move.id, move.roles[0], ("party/x",))
        if not move.needs:
            assert next_event(procedure, before, bare, DAY, CALENDAR)
            continue
        with pytest.raises(Refusal, match=r"case-(needs|out-of-turn|role-unfit)"):
            next_event(procedure, before, bare, DAY, CALENDAR)


def standings(procedure):
    """Some standing for every state, reached by moves."""
    found, pending = {}, [(None, move) for move in procedure.openings]
    while pending:
        before, move = pending.pop()
        role = before.opener_role if before and move.by == "opener" else move.roles[0]
        seat = before.holder or "party/x" if before else "party/x"
        after = next_event(procedure, before, act_of(move, role, seat), DAY, CALENDAR).standing
        if after.state not in found:
            found[after.state] = after
            pending += [(after, onward) for onward in procedure.moves_from(after.state)]
    return found


@pytest.mark.parametrize("procedure", SHIPPED, ids=lambda procedure: procedure.id)
def test_a_state_with_a_deadline_is_due_on_a_working_day(procedure):
    for id, standing in standings(procedure).items():
        state = procedure.state_by_id[id]
        if state.due_in and not state.final and standing.due != DAY + timedelta(days=20):
            assert standing.due == working_days_after(DAY, state.due_in, CALENDAR)

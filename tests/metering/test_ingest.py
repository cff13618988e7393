"""What comes in over HTTP: placed exactly, once, by whom it says; and everything else refused with a reason."""

import asyncio
import json
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanheng.kernel.faults import CODES
from tanheng.metering import Meter, Store
from tanheng.metering.ingest.door import Request
from tanheng.metering.ingest.limits import Limits, Rates
from tanheng.metering.ingest.proof import Signed, header_of, is_proven, stored_form
from tanheng.metering.ingest.reading_text import time_reader, whole_steps
from tests.metering.conftest import JANUARY, readings_of
from tests.metering.doors import ENTERPRISE, NOW, client_of, interface, reading, with_limits

QUARTER_PAST_TEN = JANUARY + 10 * 3600 + 900


@pytest.fixture
def client(store):
    made = client_of(store)
    yield made
    made.door.close()


def refused_with(reply):
    return reply.status, reply.document["responseCode"]


def test_an_upload_is_placed_to_the_step_and_the_second(client, store):
    reply = client.send([reading(), reading("boiler", 7, "2026-01-01 10:15"), reading("gate", 12.5, "20260101103000")])
    assert (reply.status, reply.document["responseCode"], reply.document["findings"]) == (200, "0", [])
    store.fold()
    assert readings_of(store) == [
        (1, QUARTER_PAST_TEN, 1234, 0),
        (1, QUARTER_PAST_TEN + 900, 1250, 0),
        (2, QUARTER_PAST_TEN, 700, 0),
    ]


def test_a_batch_sent_again_with_another_upload_date_counts_once(client, store):
    first = client.send([reading(uploadDate="2026-01-01 10:16:00")])
    again = client.send([reading(uploadDate="2026-01-01 11:00:00")])
    assert (first.status, again.status) == (200, 200)
    assert "received before" in again.document["responseMessage"]
    assert store.fold() == 1


def test_a_key_that_was_used_for_other_readings_is_refused(client):
    client.send([reading()])
    assert refused_with(client.send([reading(value="12.35")])) == (409, "batch-key-reused")


def test_a_batch_sent_again_after_the_register_was_mended_is_still_the_same_batch(client, store):
    assert client.send([reading("new meter")]).status == 200
    store.register.add([Meter("new meter", "electricity", "facility/x", date(2025, 1, 1), sender=ENTERPRISE)])
    client.door.now = lambda: NOW + 5
    assert "received before" in client.send([reading("new meter")]).document["responseMessage"]


def test_flags_tell_what_was_typed_by_hand_and_what_its_sender_holds_for_invalid(client, store):
    hours = iter(range(10))
    said = [
        {"valid": 0},
        {"valid": True},
        {"valid": "true"},
        {"valid": 1},
        {"valid": False},
        {"inputType": 5},
        {"inputType": "5", "valid": 1},
    ]
    client.send([reading(time=f"2026-01-01 0{next(hours)}:00", **fields) for fields in said])
    bare = reading(time="2026-01-01 09:00")
    del bare["valid"], bare["inputType"]
    client.send([bare], "k2")
    store.fold()
    assert [flag for *_, flag in readings_of(store)] == [0, 0, 0, 1, 1, 2, 3, 0]


def test_what_a_register_showed_at_the_beginning_of_its_first_day_is_where_it_began(client, store):
    reply = client.send([reading(time="2025-01-01 00:00:00", value="5")])
    assert (reply.status, reply.document["findings"]) == (200, [])
    store.fold()
    assert [value for _, _, value, _ in readings_of(store)] == [500]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (reading("no such meter"), "reading-meter-unknown"),
        (reading(time="2025-12-31", statType=1), "reading-meter-unknown"),
        (reading(value="12.345"), "reading-too-fine"),
        (reading(value="1e-9"), "reading-too-fine"),
        (reading(value="twelve"), "reading-no-number"),
        (reading(value=""), "reading-no-number"),
        (reading(value="１２.５"), "reading-no-number"),
        (reading(value="9" * 400), "reading-no-number"),
        (reading(value=10**18), "reading-no-number"),
        (reading(value="1e99"), "reading-no-number"),
        (reading(value=None), "reading-incomplete"),
        (reading(value=[1]), "reading-incomplete"),
        (reading(code={"a": 1}), "reading-incomplete"),
        (reading(time="yesterday"), "reading-time-wrong"),
        (reading(time="2026-02-30 10:00:00"), "reading-time-wrong"),
        (reading(time="2026-01-01 12:30:00"), "reading-time-wrong"),
        (reading(time="9999-12-31 24:00"), "reading-time-wrong"),
        (reading(time="0001-01-01 00:00:00"), "reading-time-wrong"),
        (reading(time="2024-12-31 10:00:00"), "reading-outside-stay"),
        (reading(valid="perhaps"), "reading-incomplete"),
        (reading(statType=7), "reading-incomplete"),
        ({}, "reading-incomplete"),
        ([], "reading-incomplete"),
        ("12", "reading-incomplete"),
        (None, "reading-incomplete"),
        (reading("\ud800"), "reading-meter-unknown"),
    ],
)
def test_a_reading_without_a_place_is_kept_as_it_was_sent_and_does_not_hold_up_the_others(client, store, wrong, code):
    reply = client.send([reading(), wrong])
    assert (reply.status, [item["code"] for item in reply.document["findings"]]) == (200, [code])
    kept = [json.loads(readings) for *_, readings in store.journal.refused()]
    assert [(item["position"], item["code"]) for items in kept for item in items] == [(1, code)]
    store.fold()
    assert readings_of(store) == [(1, QUARTER_PAST_TEN, 1234, 0)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "upload-no-json"),
        (b"{", "upload-no-json"),
        (b"\xff\xfe", "upload-no-utf8"),
        *(
            (body, "upload-unreadable")
            for body in (b"[]", b"null", b"12", b'"x"', b'{"data": NaN}', b"[" * 100_000, b'{"a":' * 50_000)
        ),
    ],
)
def test_a_body_that_is_no_json_object_is_refused_with_the_place_in_our_words(client, body, code):
    reply = client.ask(client.request(body))
    assert refused_with(reply) == (400, code)
    assert not any(word in json.dumps(reply.document) for word in ("Expecting", "codec", "recursion"))


@pytest.mark.parametrize("readings", [None, {}, "x", 3])
def test_an_upload_without_a_list_of_readings_is_refused(client, readings):
    body = client.body(readings)
    assert refused_with(client.ask(client.request(body))) == (400, "upload-field-missing")


def test_a_body_of_a_hundred_megabytes_is_refused_before_it_is_looked_at(client):
    body = b"x" * (100 << 20)
    assert refused_with(client.door.begin(Request("/upload", "", body))) == (413, "body-too-large")


def test_too_many_readings_in_one_batch_are_refused(store):
    client = client_of(store, with_limits(batch_readings=3))
    assert refused_with(client.send([reading()] * 4)) == (413, "upload-too-many")
    assert client.send([reading()] * 3).status == 200


def test_a_device_that_sends_too_fast_is_told_how_long_to_wait(store):
    client = client_of(store, with_limits(readings_per_s=2, burst_readings=10))
    assert client.send([reading()] * 9, "k1").status == 200
    reply = client.send([reading()] * 9, "k2")
    assert (*refused_with(reply), reply.retry_after_s) == (429, "rate-exceeded", 4)


def test_a_batch_that_no_waiting_lets_through_is_refused_with_the_largest_that_passes(store):
    client = client_of(store, with_limits(readings_per_s=1, burst_readings=20))
    reply = client.send([reading()] * 21)
    assert (*refused_with(reply), reply.retry_after_s) == (413, "upload-too-many", 0)
    assert reply.document["fields"]["most"] == "20"
    assert client.send([reading()] * 20).status == 200


def test_rates_come_back_with_time_and_no_device_spends_what_another_has():
    rates = Rates(Limits(readings_per_s=10, burst_readings=100))
    assert [rates.wait_s("a", 100, 0.0), rates.wait_s("a", 50, 1.0), rates.wait_s("b", 100, 1.0)] == [0, 4, 0]
    assert [rates.wait_s("a", 50, 5.0), rates.wait_s("a", 100, 1000.0)] == [0, 0]


def test_requests_of_nobody_known_are_refused(client):
    body = client.body([reading()])
    good = client.request(body)
    for header in (
        "",
        "Basic x",
        "Tanheng-Proof",
        "Tanheng-Proof a:b:c:d",
        "Tanheng-Proof a:1:k:zz",
        "Tanheng-Proof a:１:k:00",
    ):
        assert refused_with(client.ask(replace(good, authorization=header))) == (401, "request-unsigned")
    stranger = header_of(b"s" * 32, device="d0", time=NOW, key="k1", body=body)
    assert refused_with(client.ask(replace(good, authorization=stranger))) == (401, "request-not-of-device")
    forged = header_of(b"s" * 32, device=client.device, time=NOW, key="k1", body=body)
    assert refused_with(client.ask(replace(good, authorization=forged))) == (401, "request-not-of-device")


def test_a_request_copied_on_its_way_changes_nothing_and_cannot_be_changed(client, store):
    good = client.request(client.body([reading()]))
    assert client.ask(good).status == 200
    assert "received before" in client.ask(good).document["responseMessage"]
    other = client.body([reading(value="99.99")])
    assert refused_with(client.ask(replace(good, body=other))) == (401, "request-not-of-device")
    moved = good.authorization.replace(":k1:", ":k2:")
    assert refused_with(client.ask(replace(good, authorization=moved))) == (401, "request-not-of-device")
    client.door.now = lambda: NOW + 901
    assert refused_with(client.ask(good)) == (401, "request-stale")
    store.fold()
    assert len(readings_of(store)) == 1


def test_a_copy_of_what_the_system_keeps_is_not_enough_to_sign(client):
    kept = client.door.devices.get(client.device).stored
    body = client.body([reading()])
    signed = Signed.read(header_of(kept, device=client.device, time=NOW, key="k1", body=body))
    assert kept == stored_form(client.secret)
    assert not is_proven(signed, kept, body)


def test_a_revoked_device_is_refused_from_its_next_request_on(client, store):
    from tanheng.metering.ingest.devices import Devices

    elsewhere = Devices(store.root / "devices.db")
    elsewhere.revoke(client.device, "somebody")
    assert refused_with(client.send([reading()])) == (403, "device-revoked")
    elsewhere.close()


def test_a_device_cannot_send_in_the_name_of_another(client):
    body = client.body([reading()], enterpriseCode="91310000000000001X")
    assert refused_with(client.ask(client.request(body))) == (403, "upload-of-another")
    body = client.body([reading()], deviceId="d0")
    assert refused_with(client.ask(client.request(body))) == (403, "upload-of-another")


def register(door, code, **fields):
    body = json.dumps({"region": "310116", "enterpriseCode": ENTERPRISE} | fields).encode()
    return door.begin(Request("/register", f"Tanheng-Enrolment {code}", body, "https://door"))


def test_a_device_registers_once_with_an_enrolment_and_gets_its_addresses(client):
    code = client.door.devices.enrol(ENTERPRISE, "somebody")
    reply = register(client.door, code)
    assert reply.status == 200
    assert reply.document["centerDataURL"] == "https://door/upload"
    assert len(bytes.fromhex(reply.document["secretKey"])) == 32
    assert refused_with(register(client.door, code)) == (403, "enrolment-unknown")
    assert refused_with(register(client.door, "made up")) == (403, "enrolment-unknown")


def test_an_enrolment_is_for_one_enterprise_and_not_used_up_by_a_slip(client):
    code = client.door.devices.enrol(ENTERPRISE, "somebody")
    assert refused_with(register(client.door, code, enterpriseCode="91310000000000001X")) == (403, "enrolment-unknown")
    assert refused_with(register(client.door, code, region="")) == (400, "register-incomplete")
    assert register(client.door, code).status == 200


def test_an_old_enrolment_is_refused(client, monkeypatch):
    code = client.door.devices.enrol(ENTERPRISE, "somebody")
    later = time.time() + 15 * 86_400
    monkeypatch.setattr("tanheng.metering.ingest.devices.time.time", lambda: later)
    assert refused_with(register(client.door, code)) == (403, "enrolment-unknown")


def test_no_secret_is_kept_and_nothing_of_a_device_is_ever_changed(client, store):
    content = b"".join(path.read_bytes() for path in store.root.glob("devices.db*"))
    assert client.secret not in content
    assert client.secret.hex().encode() not in content


def test_base_data_name_the_meters_of_the_sender_alone_and_the_version_follows_them(client, store):
    store.register.add([Meter("of another", "heat", "facility/y", date(2025, 1, 1), sender="91310000000000001X")])
    store.register.add(
        [
            Meter(
                "sum", "electricity", "facility/x", date(2025, 1, 1), kind="virtual", formula="+gate", sender=ENTERPRISE
            )
        ]
    )
    body = client.body([])
    told = client.ask(client.request(body, path="/base-data")).document
    sent = [(item["dataCode"], item["statType"], item["decimals"]) for item in told["data"]]
    assert sent == [("gate", "0", 2), ("boiler", "0", 2)]
    before = client.ask(client.request(body, path="/version")).document["loadDicVersion"]
    assert told["loadDicVersion"] == before
    store.register.add([Meter("third", "electricity", "facility/x", date(2025, 1, 1), sender=ENTERPRISE)])
    assert client.ask(client.request(body, path="/version")).document["loadDicVersion"] != before


def test_an_address_that_leads_nowhere_names_those_that_lead_somewhere(client):
    reply = client.door.begin(Request("/uplaod", "", b""))
    assert refused_with(reply) == (404, "door-unknown")
    assert "/upload" in reply.document["next_step"]["en"]


def test_a_name_means_the_point_and_the_decimals_that_it_had_at_that_time(client, store):
    store.register.add(
        [Meter("gate", "electricity", "facility/works", date(2026, 1, 1), decimals=3, sender=ENTERPRISE)]
    )
    store.register.add(
        [
            Meter(
                "boiler",
                "electricity",
                "facility/works",
                date(2025, 1, 1),
                end=date(2026, 1, 1),
                sender=ENTERPRISE,
                code="boiler",
            )
        ]
    )
    store.register.add(
        [Meter("kiln", "electricity", "facility/works", date(2026, 1, 1), sender=ENTERPRISE, code="boiler")]
    )
    client.send([reading(value="5.1", time="2026-01-01 00:00"), reading(value="5.1", time="2026-01-01 00:15")])
    client.send([reading("boiler", "1", "2026-01-01 00:00"), reading("boiler", "1", "2026-01-01 00:15")], "k2")
    store.fold()
    assert readings_of(store) == [
        (1, JANUARY, 510, 0),
        (1, JANUARY + 900, 5100, 0),
        (2, JANUARY, 100, 0),
        (3, JANUARY + 900, 100, 0),
    ]


def test_values_of_days_months_and_years_stand_at_their_end(store):
    for stat in ("day", "month", "year"):
        store.register.add(
            [
                Meter(
                    f"gate {stat}",
                    "electricity",
                    "facility/works",
                    date(2025, 1, 1),
                    sender=ENTERPRISE,
                    code="gate",
                    stat=stat,
                )
            ]
        )
    client = client_of(store)
    client.send(
        [reading(time="2025-12-31", statType=1), reading(time="2025-12", statType=2), reading(time="2025", statType=3)]
    )
    store.fold()
    assert readings_of(store) == [(number, JANUARY, 1234, 0) for number in (3, 4, 5)]


def test_four_and_twenty_o_clock_is_the_end_of_the_day():
    read = time_reader(interface().times, 8 * 3600)
    assert read("2025-12-31 24:00:00", "real_time") == read("2026-01-01 00:00:00", "real_time") == JANUARY
    assert read("2026-01-01T00:00:00+0800", "real_time") == JANUARY
    assert read("2025-12-31 16:00:00 24:00", "real_time") is None


@given(st.integers(-(10**15), 10**15), st.integers(0, 9), st.integers(0, 4))
def test_a_written_decimal_becomes_whole_steps_and_back(steps, decimals, trailing):
    sign, digits = "-" if steps < 0 else "", str(abs(steps)).rjust(decimals + 1, "0")
    text = sign + (f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits)
    assert whole_steps(text, decimals) == steps
    assert whole_steps(text + ("0" * trailing if decimals else ""), decimals) == steps
    assert whole_steps(text + ("1" if decimals else ".1"), decimals) == "reading-too-fine"


@pytest.mark.parametrize("text", ["1.0E7", "1e7", "10000000.", "+10000000", "10000000.00"])
def test_one_number_is_one_number_however_a_program_writes_it(text):
    assert whole_steps(text, 2) == 10**9


def test_every_reason_of_a_refused_reading_has_its_words():
    reasons = {"incomplete", "meter-unknown", "outside-stay", "time-wrong", "too-fine", "no-number"}
    assert {f"reading-{reason}" for reason in reasons} <= set(CODES)


def test_an_empty_upload_is_taken(client, store):
    assert client.send([]).status == 200
    assert store.fold() == 0


def test_a_full_disk_and_too_much_waiting_are_said_before_a_batch_is_taken(store):
    from tanheng.kernel.faults import Refusal
    from tanheng.metering.ingest.committing import Committer

    client = client_of(store)
    made = client.door.begin(client.request(client.body([reading()])))
    for limits, code, status in (
        (Limits(free_bytes=1 << 60), "disk-full", 507),
        (Limits(queue_readings=0, free_bytes=0), "ingest-busy", 503),
    ):
        committer = Committer(store, limits, lambda told: None)
        with pytest.raises(Refusal) as refused:
            committer.put(made, lambda answer: None)
        reply = client.door.refused(refused.value)
        assert (refused.value.code, reply.status) == (code, status)
        committer.close()


def test_batches_that_wait_together_are_confirmed_together(store):
    from tanheng.metering.ingest.committing import Committer

    client, told, answers = client_of(store), [], []
    committer = Committer(
        store, with_limits(), lambda pairs: told.append(len(pairs)) or [done(answer) for done, answer in pairs]
    )
    with store.journal._lock:  # the disk is busy
        for number in range(20):
            body = client.body([reading(value=number, time=f"2026-01-01 01:{number:02d}")])
            committer.put(client.door.begin(client.request(body, f"k{number}")), answers.append)
    committer.close()
    assert (len(answers), sum(told)) == (20, 20)
    assert len(told) <= 3
    assert Store.open(store.root.parent).fold() == 20


def test_a_reading_whose_meter_is_registered_later_gets_its_place_once(client, store):
    from tanheng.metering.ingest.refused import place_again, refused

    client.send([reading(), reading("late"), reading("later"), reading(time="never")])
    assert [(item.position, item.code) for item in refused(store)] == [
        (1, "reading-meter-unknown"),
        (2, "reading-meter-unknown"),
        (3, "reading-time-wrong"),
    ]
    for name, position in (("late", 1), ("later", 2)):
        store.register.add([Meter(name, "electricity", "facility/works", date(2025, 1, 1), sender=ENTERPRISE)])
        placed = [place_again(store, interface(), client.door.devices) for _ in range(2)]
        assert (placed, position in {item.position for item in refused(store)}) == ([1, 0], False)
    store.fold()
    assert readings_of(store) == [(number, QUARTER_PAST_TEN, 1234, 0) for number in (1, 3, 4)]
    assert [item.code for item in refused(store)] == ["reading-time-wrong"]


class Dribble:
    """A client that sends half a request and then nothing, as the server sees it."""

    scheme, path, authority, server = "http", "/upload", "door", "door"
    headers = {"content-length": "1000"}

    def __init__(self):
        self.replies = []

    async def __aiter__(self):
        yield b"half"
        await asyncio.Event().wait()

    def response_bytes(self, status, headers, body):
        self.replies.append((status, json.loads(body)["responseCode"]))


def test_a_request_that_never_ends_is_not_waited_for_without_end(store):
    from tanheng.metering.ingest.server import Application

    client, slow = client_of(store, with_limits(body_s=0)), Dribble()

    async def answered():
        application = Application(client.door, asyncio.get_running_loop())
        await application(slow, slow)
        application.committer.close()

    asyncio.run(answered())
    assert slow.replies == [(408, "body-too-slow")]

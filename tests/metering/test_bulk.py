"""Tables of readings and of meters from files: all of a table or nothing, exactly, and the same content once."""

import json
from datetime import date, datetime, timedelta

import polars as pl
import pytest
from openpyxl import Workbook

from tanheng.kernel.faults import Refusal
from tanheng.metering import Meter
from tanheng.metering.bulk_files import import_file
from tanheng.metering.register_import import import_register
from tests.metering.conftest import JANUARY, batch, readings_of
from tests.metering.doors import headings

ROWS = [
    ("gate", "2026-01-01 00:15:00", "12.34"),
    ("boiler", "2026-01-01 00:15:00", "7"),
    ("gate", "2026-01-01 00:30:00", "-0.50"),
]
PLACED = [(1, JANUARY + 900, 1234, 0), (1, JANUARY + 1800, -50, 0), (2, JANUARY + 900, 700, 0)]


def csv_of(path, rows, heading="计量点,时刻,示数"):
    path.write_text("\n".join([heading, *(",".join(row) for row in rows)]) + "\n", "utf-8")
    return path


def workbook_of(path, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_csv_becomes_readings_to_the_step(store, tmp_path):
    done = import_file(store, csv_of(tmp_path / "x.csv", ROWS), headings())
    assert (done.rows, done.repeated, done.findings) == (3, False, ())
    assert readings_of(store) == PLACED


def test_parquet_and_excel_say_the_same_as_csv(store, tmp_path):
    frame = pl.DataFrame(ROWS, schema=["meter", "time", "value"], orient="row")
    typed = frame.with_columns(pl.col("time").str.to_datetime(), pl.col("value").cast(pl.Float64))
    zoned = frame.with_columns(
        pl.col("time").str.to_datetime(time_zone="Asia/Shanghai"), pl.col("value").cast(pl.Decimal(18, 3))
    )
    seconds = zoned.with_columns(pl.col("time").dt.epoch("s"))
    for number, table in enumerate((frame, typed, zoned, seconds)):
        table.write_parquet(tmp_path / f"{number}.parquet")
        assert import_file(store, tmp_path / f"{number}.parquet", headings()).rows == 3
        assert readings_of(store) == PLACED
    rows = [
        ("计量点", "时间", "数值", "标记"),
        *((*row[:2], float(row[2]), "人工" if row[0] == "boiler" else None) for row in ROWS),
    ]
    assert import_file(store, workbook_of(tmp_path / "x.xlsx", rows), headings()).rows == 3
    assert readings_of(store) == [*PLACED[:2], (2, JANUARY + 900, 700, 2)]


def test_a_workbook_whose_times_are_dates_and_numbers_are_sums_is_read_to_the_second_and_the_digit(store, tmp_path):
    start, steps = datetime.fromisoformat("2026-01-01T00:00"), range(2 * 96 + 1)
    rows = [("gate", start + timedelta(days=step / 96, microseconds=-3), 0.1 * step + 0.2) for step in steps]
    rows[96] = ("gate", start + timedelta(days=1), 9.8)
    book = workbook_of(tmp_path / "x.xlsx", [("计量点", "时刻", "示数"), *rows])
    assert import_file(store, book, headings()).findings == ()
    assert [row[1:3] for row in readings_of(store)] == [(JANUARY + 900 * step, 10 * step + 20) for step in steps]


def test_the_same_content_counts_once_under_whatever_name(store, tmp_path):
    import_file(store, csv_of(tmp_path / "x.csv", ROWS), headings())
    again = import_file(store, csv_of(tmp_path / "y.csv", ROWS), headings())
    assert (again.rows, again.repeated) == (0, True)
    assert sum(part.rows for part in store.manifest.parts) == 3


def test_one_bad_row_keeps_a_whole_table_out_and_every_bad_row_is_named(store, tmp_path):
    bad = [
        ("nobody", "2026-01-01 00:15:00", "1"),
        ("gate", "2026-01-01 25:15:00", "1"),
        ("gate", "2024-01-01 00:15:00", "1"),
        ("gate", "2026-01-01 00:15:00", "1.234"),
        ("gate", "2026-01-01 00:15:00", "1,5".replace(",", ";")),
        ("gate", "2026-01-01 00:15:00", ""),
        ("gate", "", "1"),
        ("", "2026-01-01 00:15:00", "1"),
    ]
    done = import_file(store, csv_of(tmp_path / "x.csv", [*ROWS, *bad]), headings(), slice_rows=4)
    assert [(finding.code, finding.place) for finding in done.findings] == [
        ("reading-meter-unknown", "x.csv:5"),
        ("reading-time-wrong", "x.csv:6"),
        ("reading-outside-stay", "x.csv:7"),
        ("reading-too-fine", "x.csv:8"),
        ("reading-no-number", "x.csv:9"),
        ("reading-no-number", "x.csv:10"),
        ("reading-time-wrong", "x.csv:11"),
        ("reading-meter-unknown", "x.csv:12"),
    ]
    assert (done.rows, readings_of(store)) == (0, [])
    with store.writing():
        assert list(store.root.glob("month=*/*")) == []


def test_a_table_in_many_slices_reads_like_one(store, tmp_path):
    rows = [
        ("gate", f"2026-01-{day:02d} {hour:02d}:00", f"{day}.{hour:02d}") for hour in range(24) for day in range(1, 29)
    ]
    assert import_file(store, csv_of(tmp_path / "x.csv", rows), headings(), slice_rows=50).rows == len(rows)
    assert [value for _, _, value, _ in readings_of(store)] == [
        100 * day + hour for day in range(1, 29) for hour in range(24)
    ]


def test_what_is_imported_later_takes_the_place_of_what_came_before(store, tmp_path):
    store.append(batch("k1", [(1, JANUARY + 900, 1)]))
    store.fold()
    import_file(store, csv_of(tmp_path / "x.csv", ROWS), headings())
    store.append(batch("k2", [(2, JANUARY + 900, 5)]))
    store.fold()
    assert readings_of(store) == [*PLACED[:2], (2, JANUARY + 900, 5, 0)]


def test_decimals_and_points_are_those_of_the_time_of_a_reading(store, tmp_path):
    store.register.add([Meter("gate", "electricity", "facility/works", date(2026, 1, 2), decimals=7)])
    store.register.add([Meter("day", "electricity", "facility/works", date(2025, 1, 1), stat="day")])
    rows = [("gate", "2026-01-02 00:00", "1.5"), ("gate", "2026-01-02 00:15", "1.2345678"), ("day", "2025-12-31", "3")]
    assert import_file(store, csv_of(tmp_path / "x.csv", rows), headings()).findings == ()
    assert readings_of(store) == [(1, JANUARY + 86400, 150, 0), (1, JANUARY + 87300, 12345678, 0), (3, JANUARY, 300, 0)]


@pytest.mark.parametrize("text", ["1e3", "1E3", "1000", "1000.", "+1000.0", "1000.000000000"])
def test_a_number_is_read_however_it_is_written(store, tmp_path, text):
    assert (
        import_file(store, csv_of(tmp_path / "x.csv", [("gate", "2026-01-01 00:15", text)]), headings()).findings == ()
    )
    assert readings_of(store) == [(1, JANUARY + 900, 100000, 0)]


def test_the_largest_registers_are_exact(store, tmp_path):
    rows = [
        ("gate", "2026-01-01 00:15", "99999999999999.99"),
        ("gate", "2026-01-01 00:30", "9223372036854.77"),
        ("gate", "2026-01-01 00:45", "-0.01"),
    ]
    assert import_file(store, csv_of(tmp_path / "x.csv", rows), headings()).findings == ()
    assert [value for _, _, value, _ in readings_of(store)] == [9999999999999999, 922337203685477, -1]


def test_a_table_without_its_columns_or_that_is_no_table_is_refused(store, tmp_path):
    with pytest.raises(Refusal) as refused:
        import_file(store, csv_of(tmp_path / "x.csv", ROWS, "计量点,时刻,温度"), headings())
    assert refused.value.code == "readings-column-missing"
    (tmp_path / "y.csv").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "z.parquet").write_bytes(b"PAR1 torn")
    (tmp_path / "e.csv").write_bytes(b"")
    for name in ("y.csv", "z.parquet", "e.csv"):
        with pytest.raises(Refusal) as refused:
            import_file(store, tmp_path / name, headings())
        assert refused.value.code in {"readings-file-unreadable", "readings-column-missing", "text-unreadable"}
    assert store.months() == ()


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff计量点,时刻,示数\n锅炉,2026-01-01 00:15,1.5\n".encode(),
        "计量点,时刻,示数\n锅炉,2026-01-01 00:15,1.5\n".encode("gb18030"),
        "meter,at,value\n\n 锅炉 , 2026-01-01 00:15 , 1.5 \n\n".encode(),
        "meter,at,value,flag\r\n锅炉,2026-01-01 00:15,1.5,\r\n".encode(),
        'meter,at,value\n"锅炉","2026-01-01 00:15","1.5"\n'.encode(),
    ],
)
def test_a_csv_is_read_however_a_spreadsheet_saved_it(store, tmp_path, content):
    store.register.add([Meter("锅炉", "electricity", "facility/works", date(2025, 1, 1))])
    (tmp_path / "x.csv").write_bytes(content)
    assert import_file(store, tmp_path / "x.csv", headings()).findings == ()
    assert readings_of(store) == [(3, JANUARY + 900, 150, 0)]


@pytest.mark.parametrize("heading", ["meter,at,value,value", "meter,at,value,示数"])
def test_of_two_columns_for_one_thing_neither_is_chosen(store, tmp_path, heading):
    rows = [("gate", "2026-01-01 00:15", "1.5", "2.5")]
    with pytest.raises(Refusal) as refused:
        import_file(store, csv_of(tmp_path / "x.csv", rows, heading), headings())
    assert refused.value.code == "readings-column-twice"


@pytest.mark.parametrize("flag", ["maybe", "300", "-1", "8"])
def test_a_flag_that_nobody_knows_is_named_with_its_line(store, tmp_path, flag):
    rows = [("gate", "2026-01-01 00:15", "1.5", flag)]
    done = import_file(store, csv_of(tmp_path / "x.csv", rows, "meter,at,value,flag"), headings())
    assert [(finding.code, finding.place) for finding in done.findings] == [("reading-incomplete", "x.csv:2")]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 0.1 + 0.2, True])
def test_a_value_of_parquet_that_is_no_whole_step_is_named(store, tmp_path, value):
    pl.DataFrame({"meter": ["gate"], "at": [JANUARY + 900], "value": [value]}).write_parquet(tmp_path / "x.parquet")
    assert [finding.place for finding in import_file(store, tmp_path / "x.parquet", headings()).findings] == [
        "x.parquet:2"
    ]


@pytest.mark.parametrize("at", [-5, 2**62, 1767197700000])
def test_seconds_that_cannot_be_are_named(store, tmp_path, at):
    pl.DataFrame({"meter": ["gate"], "at": [at], "value": [1]}).write_parquet(tmp_path / "x.parquet")
    assert [finding.code for finding in import_file(store, tmp_path / "x.parquet", headings()).findings] == [
        "reading-time-wrong"
    ]


METERS = [
    ("计量点", "名称", "能源品种", "设施", "级别", "表类型", "小数位", "倍率", "上级计量点", "起始日期", "算式"),
    ("M1", "进线总表", "electricity", "facility/w", "一级", "示数", 2, "80", None, "2026-01-01", None),
    ("M2", "锅炉房", "electricity", "facility/w", 2, "时段", 3, 1, "M1", "2026/01/01", None),
    ("M3", "其他", "electricity", "facility/w", 2, "虚拟", None, None, "M1", "2026-01-01", "+M1 -M2"),
]


def test_a_register_is_read_from_excel_csv_and_json_alike(store, tmp_path):
    count, findings = import_register(
        store.register, workbook_of(tmp_path / "m.xlsx", METERS), headings(), {"electricity"}
    )
    assert (count, findings) == (3, [])
    rows = {meter.meter: meter for meter in store.register.rows()}
    assert (rows["M1"].multiplier, rows["M1"].level, rows["M1"].kind, rows["M1"].code) == ("80", 1, "register", "M1")
    assert (rows["M2"].parent, rows["M2"].decimals, rows["M2"].start) == ("M1", 3, date(2026, 1, 1))
    as_json = [dict(zip(METERS[0], row, strict=True)) for row in METERS[1:]]
    (tmp_path / "m.json").write_text(json.dumps({"meters": as_json}), "utf-8")
    as_csv = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in METERS)
    (tmp_path / "m.csv").write_text(as_csv, "utf-8")
    for name in ("m.json", "m.csv", "m.xlsx"):
        assert import_register(store.register, tmp_path / name, headings(), {"electricity"}) == (0, [])


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("计量点", None, "meter-field-missing"),
        ("能源品种", "moonlight", "meter-field-wrong"),
        ("级别", 4, "meter-field-wrong"),
        ("表类型", "sundial", "meter-field-wrong"),
        ("小数位", "two", "meter-field-wrong"),
        ("小数位", 12, "meter-field-wrong"),
        ("倍率", "-1", "meter-field-wrong"),
        ("倍率", "NaN", "meter-field-wrong"),
        ("倍率", "0", "meter-field-wrong"),
        ("起始日期", "2026-13-01", "meter-field-wrong"),
        ("上级计量点", "M9", "meter-parent-unknown"),
        ("上级计量点", "M2", "meter-field-wrong"),
        ("算式", "+M1", "meter-field-wrong"),
    ],
)
def test_a_row_that_cannot_be_keeps_the_whole_register_out_and_is_named(store, tmp_path, column, value, code):
    changed = list(METERS[2])
    changed[METERS[0].index(column)] = value
    before = store.register.rows()
    count, findings = import_register(
        store.register, workbook_of(tmp_path / "m.xlsx", [*METERS[:2], changed, METERS[3]]), headings(), {"electricity"}
    )
    assert count == 0
    assert (code, "m.xlsx!Sheet:3") in [(finding.code, finding.place) for finding in findings]
    assert store.register.rows() == before


def test_one_code_does_not_mean_two_points_at_one_time(store, tmp_path):
    rows = [("meter", "carrier", "facility", "start", "end", "sender", "code")]
    rows += [
        (name, "electricity", "f", start, end, "S", "C")
        for name, start, end in (("A", "2026-01-01", "2026-03-01"), ("B", "2026-03-01", ""))
    ]
    (tmp_path / "m.csv").write_text("\n".join(",".join(row) for row in rows), "utf-8")
    assert import_register(store.register, tmp_path / "m.csv", headings(), {"electricity"}) == (2, [])
    (tmp_path / "n.csv").write_text("\n".join([",".join(rows[0]), "D,electricity,f,2026-02-01,,S,C"]), "utf-8")
    count, findings = import_register(store.register, tmp_path / "n.csv", headings(), {"electricity"})
    assert (count, {finding.code for finding in findings}) == (0, {"meter-code-twice"})


def test_the_end_of_a_stay_can_be_told_later(store, tmp_path):
    for end, written in (("", 1), ("", 0), ("2026-06-30", 1), ("2026-06-30", 0)):
        (tmp_path / "m.csv").write_text(
            f"meter,carrier,facility,start,end\nA,electricity,f,2026-01-01,{end}\n", "utf-8"
        )
        assert import_register(store.register, tmp_path / "m.csv", headings(), {"electricity"}) == (written, [])
    assert store.register.rows()[-1].end == date(2026, 6, 30)


def test_a_register_keeps_what_it_said_before(store):
    from datetime import UTC, datetime

    store.register.add([Meter("gate", "heat", "facility/works", date(2025, 1, 1))])
    now = {meter.meter: meter.carrier for meter in store.register.rows()}
    assert now["gate"] == "heat"
    assert store.register.rows(datetime(2020, 1, 1, tzinfo=UTC)) == []
    assert store.register.digest() != store.register.digest(datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("text", ["", "{", "3", '["a"]', '{"meters": 5}'])
def test_a_register_that_is_no_list_of_objects_is_refused(store, tmp_path, text):
    (tmp_path / "m.json").write_text(text, "utf-8")
    with pytest.raises(Refusal) as refused:
        import_register(store.register, tmp_path / "m.json", headings(), {"electricity"})
    assert refused.value.code == "readings-file-unreadable"


def test_the_first_day_of_a_register_may_begin_with_what_it_showed_at_midnight(store, tmp_path):
    rows = [("gate", "2025-01-01 00:00", "5"), ("gate", "2025-01-01 00:15", "6")]
    done = import_file(store, csv_of(tmp_path / "x.csv", rows), headings())
    assert (done.rows, done.findings) == (2, ())

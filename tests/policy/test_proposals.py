from decimal import Decimal

from tanheng.policy import Clause, DocumentFinding, Instrument, Operator, Reading, TargetProposal, TaskProposal

READING = Reading(
    Instrument("某市2026年工作安排", "某发改〔2026〕1号", "某市发展和改革委员会", "2026-03-02", ("2026",)),
    (Clause("一", "目标", (10, 40)),),
    (
        TargetProposal(
            "风电装机",
            Operator.AT_LEAST,
            "一",
            "风电装机不少于12.5万千瓦",
            (20, 34),
            value=Decimal("12.5"),
            unit="万千瓦",
            value_norm=Decimal(125),
            unit_norm="MW",
            lead_parties=("市发展改革委",),
        ),
    ),
    (TaskProposal("1", "能源", "建设风电", "表1-1", (50, 60), lead_parties=("市发展改革委",), open_list=True),),
    (DocumentFinding("some-code", "warning", {"zh": "有误", "en": "wrong"}, {"zh": "改", "en": "mend"}, (1, 2)),),
)


def test_a_reading_written_as_json_is_read_back_unchanged():
    assert Reading.of_json(READING.as_json()) == READING


def test_a_whole_number_is_written_without_a_point():
    assert READING.as_json()["targets"][0]["value_norm"] == 125
    assert isinstance(READING.as_json()["targets"][0]["value_norm"], int)

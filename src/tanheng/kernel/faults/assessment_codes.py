"""Codes of assessments: what may not be subtracted, compared or believed."""

from tanheng.kernel.faults.code import Code

ASSESSMENTS = (
    Code(
        "period-not-year",
        "方法“{method}”按整年计算，而要求的是 {period}。",
        "The method “{method}” counts whole years and was asked for {period}.",
        "请改用整年，例如 2024。",
        "Ask for a whole year, such as 2024.",
    ),
    Code(
        "period-not-to-date",
        "方法“{method}”按年初至本期累计计算，而要求的是 {period}。",
        "The method “{method}” counts from the start of the year and was asked for {period}.",
        "请改用累计期，例如 2024-01..2024-06；1月与2月合为一期。",
        "Ask for a period to date, such as 2024-01..2024-06; January and February are one period.",
    ),
    Code(
        "deduction-set-open",
        "{subject:zh}（{level}）{period} 年适用的扣减规则有 {count} 套：{sets}。",
        "For {subject:en} ({level}) in {period}, {count} deduction sets hold: {sets}.",
        "请在定义包中补充该级该年的扣减规则，或用 replaces 指明被替代的一套。",
        "Add the set of that level and year to a pack, or name the one that is replaced.",
    ),
    Code(
        "deduction-not-expressed",
        "扣减规则 {set} 中有一项没有实现：{what:zh}",
        "The deduction set {set} has something that is not computed: {what:en}",
        "请判断是否影响本结果；确认无碍的，发布时写明理由予以接受。",
        "Judge whether it matters for this result; if not, accept it with a reason when publishing.",
    ),
    Code(
        "deduction-not-stated",
        "{subject:zh}没有申报 {period} 年的“{item}”，未予扣减。",
        "{subject:en} states no “{item}” for {period}: nothing is subtracted.",
        "确实没有的，可申报零；有而未报的，请补报后重算。",
        "State zero where there is none; report what there is and run again.",
    ),
    Code(
        "deduction-one-sided",
        "{subject:zh}只在一年申报了“{item}”，缺 {period} 年：两年不可比，不出数。",
        "{subject:en} states “{item}” in one of two years only, not in {period}: they do not compare; no number.",
        "请补报缺的一年；确实没有的，申报零。",
        "Report the missing year; state zero where there was none.",
    ),
    Code(
        "deduction-excluded",
        "{subject:zh} {period} 年的“{item}”{amount} {unit:zh}不在本级该项扣减的范围内，已排除。",
        "“{item}” of {subject:en} in {period}, {amount} {unit:en}, is not what this level may subtract "
        "under this item.",
        "核对其来源；捆绑在物理电量中或省内交易的绿证不重复扣减，市级外来水电不归区，核电不属新增可再生能源。",
        "Check its origin: bundled or local certificates are not subtracted twice; imported hydro is the "
        "city's; nuclear power is no new renewable.",
    ),
    Code(
        "claimed-twice",
        "同一权益“{claim}”被申报了 {count} 次：{where}。在核清以前都不扣减。",
        "The claim “{claim}” is stated {count} times: {where}. Nobody may subtract it until that is settled.",
        "请核对绿证编号，撤销重复的一条。",
        "Check the number of the certificate and undo the duplicate.",
    ),
    Code(
        "certificate-cap-reached",
        "{subject:zh} {period} 年的绿证抵扣超过上限，按上限扣减。",
        "The certificates of {subject:en} for {period} exceed the cap and count up to it.",
        "上限的原文未见，请核对；超出部分不结转。",
        "The wording of the cap was not seen: check it; what exceeds it is not carried over.",
    ),
    Code(
        "set-unverified",
        "扣减规则 {set} 中的“{item}”未经核实（{clause}）。",
        "“{item}” of the deduction set {set} was not verified ({clause}).",
        "对照原文核对后，修改规则文件中的 status。",
        "Compare with the source, then set its status.",
    ),
    Code(
        "unit-not-there-yet",
        "{subject:zh}在 {period} 年尚不存在，上年数按新名单不含该单位。",
        "{subject:en} did not exist in {period}: that year has nothing of it, though it is on the new list.",
        "如当年已投产，请补充其“位于”关系和用能数据。",
        "If it ran then, add its located_in relation and its data.",
    ),
    Code(
        "unit-without-energy",
        "{subject:zh}在考核名单内，但没有 {period} 年的用能数据。",
        "{subject:en} is on the list and has no energy for {period}.",
        "请补报；缺数不按零计。",
        "Have it reported; a gap is not counted as zero.",
    ),
    Code(
        "price-base-differs",
        "{subject:zh} {period} 的“{indicator:zh}”是另一价格年的：{actual:zh}，需要 {expected:zh}。",
        "“{indicator:en}” of {subject:en} for {period} is at prices of another year: {actual:en}, not {expected:en}.",
        "请导入同一价格年的数，或另用换算价格年的方法。",
        "Import it at the same prices, or use a method that changes the price year.",
    ),
    Code(
        "estimated",
        "{subject:zh} {period} 的能耗总量为推算数，不是核算数：{how:zh}",
        "The energy of {subject:en} for {period} is an estimate, not an account: {how:en}",
        "引用时请注明“推算”；市反馈到后并列比较。",
        "Quote it as an estimate; set it beside the city's feedback when that arrives.",
    ),
    Code(
        "estimate-leaves-out",
        "{subject:zh} {period} 的推算不含“{sector:zh}”：该形式只覆盖有增加值的行业。",
        "The estimate of {subject:en} for {period} leaves out “{sector:en}”: the form needs value added.",
        "增速可比（两期均不含）；总量请注明不含该部分。",
        "Growth compares, as neither period has it; say so beside the total.",
    ),
    Code(
        "reconciliation-line-missing",
        "{subject:zh} {period} 与各区的衔接缺少“{line}”，该部分留在差额中。",
        "The reconciliation of {subject:en} for {period} has no “{line}”: it stays in the difference.",
        "请导入该项；缺项不按零计，差额中包含它。",
        "Import it; a gap is not zero, and the difference holds it.",
    ),
    Code(
        "coverage-unequal",
        "{subject:zh} {period} 的“{indicator:zh}”口径为 {found}，与 {expected} 不同，不作比较。",
        "“{indicator:en}” of {subject:en} for {period} has the coverage {found}, not {expected}: not compared.",
        "请导入同口径的数。",
        "Import the figure of equal coverage.",
    ),
    Code(
        "implausible-share",
        "{subject:zh} {period} 的“{indicator:zh}”为 {value} {unit:zh}，是全市总量的 {times} 倍。{suggestion:zh}",
        "“{indicator:en}” of {subject:en}, {period}: {value} {unit:en}, {times} times the city. {suggestion:en}",
        "请向报送单位核对 {source}。",
        "Ask the sender about {source}.",
    ),
    Code(
        "implausible-against-peers",
        "{subject:zh} {period} 的“{indicator:zh}”为 {value} {unit:zh}，是同行业{industry}的 {times} 倍。"
        "{suggestion:zh}",
        "“{indicator:en}” of {subject:en}, {period}: {value} {unit:en}, {times} times {industry}. {suggestion:en}",
        "请向报送单位核对 {source}。",
        "Ask the sender about {source}.",
    ),
    Code(
        "implausible-against-last-year",
        "{subject:zh} {period} 的“{indicator:zh}”为 {value} {unit:zh}，是上年同期的 {times} 倍。{suggestion:zh}",
        "“{indicator:en}” of {subject:en}, {period}: {value} {unit:en}, {times} times a year before. {suggestion:en}",
        "请向报送单位核对 {source}；确有增减产的，在月报中说明。",
        "Ask the sender about {source}; a real change of production is said in the monthly report.",
    ),
)

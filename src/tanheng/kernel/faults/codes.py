"""The list of codes: every refusal and finding, with its message and its next step in both languages.

Messages are templates; the names in braces are the fields that whoever reports the problem must give.
A code is never reused for another meaning: receipts and published files carry it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tanheng.kernel.faults.account_codes import ACCOUNTS
from tanheng.kernel.faults.assessment_codes import ASSESSMENTS
from tanheng.kernel.faults.balance_codes import BALANCES
from tanheng.kernel.faults.barometer_codes import BAROMETER
from tanheng.kernel.faults.cli_codes import CLI
from tanheng.kernel.faults.code import Code
from tanheng.kernel.faults.data_file_codes import DATA_FILES
from tanheng.kernel.faults.decomposition_codes import DECOMPOSITIONS
from tanheng.kernel.faults.dispatch_codes import DISPATCH
from tanheng.kernel.faults.documents_codes import DOCUMENTS
from tanheng.kernel.faults.facts_codes import FACTS
from tanheng.kernel.faults.fiction_codes import FICTION
from tanheng.kernel.faults.import_codes import IMPORTS
from tanheng.kernel.faults.layout_codes import LAYOUTS
from tanheng.kernel.faults.library_codes import LIBRARY
from tanheng.kernel.faults.mandate_codes import MANDATES
from tanheng.kernel.faults.metering_quality_codes import METERING_QUALITY
from tanheng.kernel.faults.metering_rollup_codes import METERING_ROLLUP
from tanheng.kernel.faults.metering_store_codes import METERING_STORE
from tanheng.kernel.faults.metering_uses_codes import METERING_USES
from tanheng.kernel.faults.obligation_codes import OBLIGATIONS
from tanheng.kernel.faults.paper_codes import PAPERS
from tanheng.kernel.faults.planning_codes import PLANNING
from tanheng.kernel.faults.policy_codes import POLICY
from tanheng.kernel.faults.procedure_codes import PROCEDURES
from tanheng.kernel.faults.records_codes import RECORDS
from tanheng.kernel.faults.round_codes import ROUNDS
from tanheng.kernel.faults.scorecard_codes import SCORECARDS
from tanheng.kernel.faults.store_codes import STORE
from tanheng.kernel.faults.target_codes import TARGETS
from tanheng.kernel.faults.tracking_codes import TRACKING
from tanheng.kernel.faults.web_codes import WEB
from tanheng.kernel.faults.workbook_codes import WORKBOOKS

_ALL = (
    # quantities and periods
    Code(
        "unit-unknown",
        "不认识的计量单位“{unit}”。",
        "Unknown unit “{unit}”.",
        "请改用已登记的单位，或在计量单位表中登记。",
        "Use a registered unit, or register this one.",
    ),
    Code(
        "unit-mismatch",
        "“{what}”需要单位 {expected}，实际是 {actual}。",
        "“{what}” needs the unit {expected} and has {actual}.",
        "请换算到所需单位；口径（当量/等价、价格年）之间必须用有名称的方法转换。",
        "Convert to the needed unit; crossing a basis (calorific/coal-equivalent, price year) needs a named method.",
    ),
    Code(
        "period-unreadable",
        "无法识别的报告期“{text}”。",
        "“{text}” is not a period.",
        "请写成 2024、2024-03、2024Q1、2024H1 或 2024-01..2024-06。",
        "Write 2024, 2024-03, 2024Q1, 2024H1 or 2024-01..2024-06.",
    ),
    Code(
        "period-empty",
        "期间 {start} 至 {end} 为空。",
        "The period {start} to {end} is empty.",
        "结束日期必须晚于开始日期。",
        "The end must come after the start.",
    ),
    Code(
        "date-unreadable",
        "无法识别的日期“{text}”。",
        "“{text}” is not a date.",
        "请写成 2025-06-30。",
        "Write it as 2025-06-30.",
    ),
    # definitions
    Code(
        "definition-invalid",
        "定义文件有误：{problem}",
        "The definition is not valid: {problem}",
        "请按该类文件的格式修改：{place}。",
        "Mend the file at {place} to the shape of its kind.",
    ),
    Code(
        "definition-missing",
        "找不到定义“{id}”（{kind:zh}）。相近的有：{nearest}。",
        "There is no {kind:en} “{id}”. Nearest: {nearest}.",
        "请检查编号，或加载含有它的定义包。",
        "Check the id, or load the pack that has it.",
    ),
    Code(
        "definition-twice",
        "{kind:zh}“{id}”定义了两次：{first} 和 {second}。",
        "The {kind:en} “{id}” is defined twice: {first} and {second}.",
        "请保留一处；新值请用带 replaces 的新条目。",
        "Keep one; a new value is a new entry with `replaces`.",
    ),
    Code(
        "comparison-twice",
        "“{first}”和“{second}”都是“{indicator}”的上年同期数（comparison_of）。",
        "“{first}” and “{second}” are both comparisons of “{indicator}” (comparison_of).",
        "一个指标只能有一个上年同期指标：请保留一个，版式里改用保留的那个。",
        "An indicator has one comparison: keep one, and let the layouts name it.",
    ),
    Code(
        "clause-missing",
        "引用了不存在的条款“{clause}”。",
        "The clause “{clause}” is cited and does not exist.",
        "请在所属文件（instrument）中登记该条款。",
        "Register the clause in its instrument.",
    ),
    # lookups
    Code(
        "factor-not-found",
        "因子“{factor}”没有适用于 {keys}、{period} 的取值（知识日期 {known_on}）。最接近的条目：{nearest}。",
        "The factor “{factor}” has no entry for {keys} in {period}, as known on {known_on}. Nearest: {nearest}.",
        "请在定义包中补充该期条目，或核对品种、期间与知识日期。",
        "Add an entry to the pack, or check carrier, period and knowledge date.",
    ),
    Code(
        "factor-ambiguous",
        "因子“{factor}”在 {keys}、{period} 有多个条目同时适用：{entries}。",
        "The factor “{factor}” has more than one entry for {keys} in {period}: {entries}.",
        "请在新条目上写明 replaces，或修改有效期使其不重叠。",
        "Name the older entry under `replaces`, or mend the periods so that they do not overlap.",
    ),
    Code(
        "factor-straddled",
        "因子“{factor}”在 {period} 期内变化（{keys}：{entries}），而其规则是不得跨期。",
        "The factor “{factor}” changes inside {period} ({keys}: {entries}) and its rule is to refuse that.",
        "请按变化日拆分数据，或为该因子设定有依据的跨期规则。",
        "Split the data at the day of change, or give the factor a cited straddle rule.",
    ),
    Code(
        "factor-not-for-scheme",
        "因子“{factor}”不得用于制度“{scheme}”，只可用于：{schemes}。",
        "The factor “{factor}” is not fit for the scheme “{scheme}”; it is for: {schemes}.",
        "请选择该制度自己的因子。",
        "Choose the factor of that scheme.",
    ),
    Code(
        "factor-unverified",
        "因子“{factor}”用到未核实的条目：{entries}。",
        "The factor “{factor}” uses entries that nobody has verified: {entries}.",
        "对照原始文件核对后，将条目状态改为 verified 或 secondary。",
        "Compare with the source, then set the entry's status.",
    ),
    Code(
        "factor-carried-forward",
        "因子“{factor}”在 {period} 没有公布值，沿用条目 {entry}（依据 {clause}）。",
        "The factor “{factor}” has no value published for {period}; {entry} is carried forward ({clause}).",
        "新值公布后重新计算，并与本结果比较。",
        "When the new value is published, run again and compare.",
    ),
    # runs
    Code(
        "scheme-unknown",
        "方法“{method}”不支持制度“{scheme}”，可选：{schemes}。",
        "The method “{method}” has no scheme “{scheme}”; it has: {schemes}.",
        "请选择列出的制度之一。",
        "Choose one of these.",
    ),
    Code(
        "no-activity-data",
        "{period} 内没有可用于方法“{method}”的数据（知识日期 {known_on}）；{there:zh}。",
        "There is nothing for the method “{method}” in {period}, as known on {known_on}; {there:en}.",
        "请改用有数据的期间，或先导入数据，再检查口径和知识日期。",
        "Ask for a period that has data, or import them first; then check coverage and knowledge date.",
    ),
    Code(
        "gap",
        "{subject} 缺少 {carrier} 的 {periods} 数据。",
        "{subject} has no {carrier} for {periods}.",
        "请补报；缺数不按零计算，合计为不完整值。",
        "Have it reported; a gap is not counted as zero and the sums above it are incomplete.",
    ),
    Code(
        "period-not-months",
        "期间 {period} 不是整月。",
        "The period {period} is not made of whole months.",
        "请按整月计算，例如 2024、2024-03 或 2024-01..2024-06。",
        "Ask for whole months, such as 2024, 2024-03 or 2024-01..2024-06.",
    ),
    Code(
        "period-not-from-january",
        "方法“{method}”按累计数（1-本月）计算，期间 {period} 不是同一年内自一月起的累计期。",
        "The method “{method}” counts year-to-dates, and {period} does not run from January on within one year.",
        "请写成自一月起的期间，例如 {nearest}；累计数不拆分到单月。",
        "Ask from January on, such as {nearest}; a year-to-date is not split into months.",
    ),
    Code(
        "fill-needs-months",
        "方法“{method}”按累计数计算，没有前后月份，不能用“{fill}”填补。",
        "The method “{method}” counts year-to-dates: there are no neighbouring months to fill from by “{fill}”.",
        "请去掉填补方法；缺报的请向企业补要，缺数不按零计。",
        "Leave the fill out, and have what is missing reported; a gap is not counted as zero.",
    ),
    Code(
        "carrier-left-out",
        "方法“{method}”不核算品种 {carrier}：{rows} 条数据未计入任何合计。",
        "The method “{method}” does not account {carrier}: {rows} observations are in no sum.",
        "请选用核算该品种的方法；本结果不含该品种。",
        "Use a method that accounts it; this result leaves it out.",
    ),
    Code(
        "not-expressed",
        "方法“{method}”没有实现其依据中的一项要求：{what:zh}",
        "The method “{method}” leaves out something that its clauses say: {what:en}",
        "请判断是否影响本结果；确认无碍的，发布时写明理由予以接受。",
        "Judge whether it matters for this result; if not, accept it with a reason when publishing.",
    ),
    Code(
        "observed-twice",
        "{facility} 的 {carrier} 自 {period} 起有重复的数据。",
        "{facility} has more than one amount of {carrier} for one period, from {period} on.",
        "同一口径同一期间只能有一条有效数据：请检查导入批次。",
        "One coverage has one amount for a period: check the imports.",
    ),
    Code(
        "observed-not-month",
        "方法“{method}”按月计算，而数据中有 {period}。",
        "The method “{method}” counts months, and the data has {period}.",
        "请检查该批数据的报告期和累计方式。",
        "Check the period and accumulation of that import.",
    ),
    Code(
        "located-in-itself",
        "{subject} 通过“位于”关系绕回了自身：{chain}。",
        "{subject} lies inside itself: {chain}.",
        "请在目录中改正其中一条关系。",
        "Mend one of these relations in the directory.",
    ),
    Code(
        "gap-filled",
        "{subject} 的 {carrier} 缺少 {periods} 数据，已按“{fill}”填补（依据 {clause}）。",
        "{subject} has no {carrier} for {periods}; filled by “{fill}” ({clause}).",
        "补报后重新计算；填补值不能代替上报数据。",
        "Have it reported and run again; a filled value is no report.",
    ),
    Code(
        "fill-unknown",
        "没有名为“{fill}”的填补方法，可选：{known}。",
        "There is no fill “{fill}”; there is: {known}.",
        "请选择列出的方法，或不填补。",
        "Choose one of these, or none.",
    ),
    Code(
        "not-located",
        "{subject} 在 {period} 没有所在{level}，或同时有多个。",
        "{subject} lies in no {level} in {period}, or in more than one.",
        "请在目录中补充或改正带日期的“位于”关系。",
        "Add or mend the dated located_in relation in the directory.",
    ),
    Code(
        "use-class-not-allowed",
        "{rows} 条数据的用途类别“{use_class}”不得用于方法“{method}”，已排除。",
        "{rows} observations of use class “{use_class}” may not be used by “{method}” and are left out.",
        "个体统计数据只能用于统计；请改用单位向主管部门报送的数据。",
        "Individual statistical returns serve statistics only; use the unit's own report.",
    ),
    Code(
        "sum-too-large",
        "“{column}”的合计超出整数范围。",
        "The sum of “{column}” does not fit its integer grid.",
        "请检查计量单位；数值可能大了一万倍。",
        "Check the units: a value may be ten thousand times too large.",
    ),
    Code(
        "result-too-large",
        "有一行的结果放不进整数网格：{problem}。",
        "A row result does not fit its integer grid: {problem}.",
        "请检查因子与计量单位；多半是单位差了几个数量级。",
        "Check factors and units: one of them is probably off by orders of magnitude.",
    ),
    Code(
        "figure-not-found",
        "结果中没有 {address}。",
        "The result has no figure {address}.",
        "请从区域或单位的页面逐级进入，或改用相近的：{nearest}。",
        "Come from the page of an area or a unit, or take one near it: {nearest}.",
    ),
    Code(
        "address-unreadable",
        "无法识别的数值地址“{text}”。",
        "“{text}” is not the address of a figure.",
        "请写成 列@对象@期间，例如 co2@area/…@2024。",
        "Write column@subject@period, such as co2@area/…@2024.",
    ),
    Code(
        "replay-differs",
        "{address} 重算得 {again}，与存储的 {stored} 不一致。",
        "{address} recomputes to {again} and is stored as {stored}.",
        "这是系统缺陷或存储被改动：请保留现场并报告。",
        "This is a defect or a changed store: keep everything as it is and report it.",
    ),
)

LISTED = (
    *_ALL,
    *ACCOUNTS,
    *ASSESSMENTS,
    *BALANCES,
    *BAROMETER,
    *RECORDS,
    *IMPORTS,
    *SCORECARDS,
    *STORE,
    *WORKBOOKS,
    *LAYOUTS,
    *CLI,
    *DATA_FILES,
    *FICTION,
    *TRACKING,
    *WEB,
    *POLICY,
    *PAPERS,
    *PLANNING,
    *OBLIGATIONS,
    *DECOMPOSITIONS,
    *ROUNDS,
    *METERING_QUALITY,
    *METERING_ROLLUP,
    *METERING_STORE,
    *METERING_USES,
    *DISPATCH,
    *TARGETS,
    *PROCEDURES,
    *LIBRARY,
    *DOCUMENTS,
    *MANDATES,
    *FACTS,
)
CODES: Mapping[str, Code] = MappingProxyType({code.id: code for code in LISTED})

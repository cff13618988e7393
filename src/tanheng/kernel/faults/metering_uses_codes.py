"""The codes of what metered energy is used for: PUE, load curves, savings, events, the platform's list."""

from tanheng.kernel.faults.code import Code

METERING_USES = (
    Code(
        "use-carrier-open",
        "{subject} 计量的品种有：{carriers}；没有说明用哪一种，或所说的不在其中。",
        "{subject} is metered for {carriers}; which of them is meant was not said, or is not among them.",
        "请用 --carrier 写明其中一种。",
        "Name one of them with --carrier.",
    ),
    Code(
        "use-interval-unfit",
        "计量点 {meter} 的间隔为 {seconds} 秒，拼不成整小时。",
        "The intervals of {meter} have {seconds} seconds and do not fill whole hours.",
        "这类应用按小时计算，请改用间隔能整除一小时的计量点。",
        "These uses go hour by hour: choose meters whose intervals divide an hour.",
    ),
    Code(
        "use-list-unreadable",
        "“{file}”第 {line} 行不可用：{problem}。",
        "Line {line} of “{file}” cannot be used: {problem}.",
        "请按首行列名改正；日期写成 2015-06-30，时刻写成 2026-01-01T10:00，数写普通小数。",
        "Correct it by the headings of the first line: days as 2015-06-30, times as 2026-01-01T10:00, plain decimals.",
    ),
    Code(
        "use-period-not-months",
        "期间 {period} 不是整月。",
        "The period {period} is not made of whole months.",
        "请写成 2025、2025-03 或 2025-01..2025-06。",
        "Write 2025, 2025-03 or 2025-01..2025-06.",
    ),
    Code(
        "pue-without-it-meters",
        "没有用途为信息设备的计量点，无法计算 PUE。",
        "No meter is registered for information technology: there is no PUE.",
        "请在计量点表的“用途”列写明信息设备（{usages}）。",
        "Say so under `usage` in the register of meters ({usages}).",
    ),
    Code(
        "pue-without-total",
        "{centre} 有信息设备的计量点，没有关口（一级）电表。",
        "{centre} has meters of its information technology and no gateway meter of electricity.",
        "没有 PUE；请登记关口电表。",
        "It has no PUE: register its gateway meter.",
    ),
    Code(
        "pue-gap",
        "{centre} 在 {months} 两侧都已知的小时不足 {least}，没有 PUE。",
        "{centre} has no PUE in {months}: less than {least} of the hours are known on both sides.",
        "缺的不按零计、不推算；请补传读数。",
        "What is missing is neither zero nor guessed: send the readings.",
    ),
    Code(
        "pue-contradicts",
        "{centre} 在 {months} 信息设备用电多于总用电，没有 PUE。",
        "In {months} the information technology of {centre} took more than its total: there is no PUE.",
        "请核对倍率、接线和计量点的用途与级别。",
        "Check multipliers, wiring, and the usage and level of its meters.",
    ),
    Code(
        "pue-other-carriers",
        "{centre} 还用 {carriers}，未计入 PUE（只计电）。",
        "{centre} also takes {carriers}, which this PUE leaves out: it counts electricity.",
        "与含其他能源的口径比较时请注明。",
        "Say so where it is compared with a PUE that counts all energy.",
    ),
    Code(
        "pue-above-limit",
        "{centre} {period} 的 PUE 为 {pue}，高于{kind}的 {limit}（{status}）。",
        "The PUE of {centre} in {period} is {pue}, above {limit} for {kind} ({status}).",
        "请列入能效提升清单并核对读数。",
        "Put it on the list for upgrades, and check its readings.",
    ),
    Code(
        "pue-to-be-closed",
        "{centre} {period} 的 PUE 为 {pue}，机架 {racks} 个，运行超过 {years} 年：符合关停条件（{status}）。",
        "{centre}: PUE {pue} in {period}, {racks} racks, more than {years} years: the closing rule applies ({status}).",
        "请核对规则原文、机架数和投运日期后再行处置。",
        "Check the wording of the rule, the racks and the date of service before anything is done.",
    ),
)

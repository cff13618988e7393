"""The codes of rolling up: prices and green power beside the readings, engines, the report of a unit."""

from tanheng.kernel.faults.code import Code

METERING_ROLLUP = (
    Code(
        "rollup-list-unreadable",
        "“{file}”第 {line} 行不可用：{problem}。",
        "Line {line} of “{file}” cannot be used: {problem}.",
        "请按首行的列名改正该行；金额与电量写普通小数，月份写成 2026-01。",
        "Correct the line by the headings in the first one: plain decimals, months such as 2026-01.",
    ),
    Code(
        "tariff-says-nothing",
        "{unit} 的电价“{tariff}”没有 {months} 的时段。",
        "The tariff “{tariff}” of {unit} says nothing of {months}.",
        "这些月份没有电费，不按零计；请在价格表中改用适用的电价，或在定义包中补充时段。",
        "These months have no cost, which is not zero: name a tariff that governs them, or add its hours to a pack.",
    ),
    Code(
        "factor-missing-for-carrier",
        "{carrier} 在 {months} 没有因子 {factor}。",
        "There is no factor {factor} for {carrier} in {months}.",
        "相应数值为空，不按零计；请在定义包中补充该因子，或换一个知识日期。",
        "The figures that need it are empty and not zero: add the factor to a pack, or choose a later knowledge date.",
    ),
    Code(
        "unit-not-in-directory",
        "名录中没有 {units} 个计量单位，未计入区域：{examples}。",
        "{units} metered units are not in the directory and count in no area: {examples}.",
        "请导入名录，或改正计量点登记中的单位编号。",
        "Import the directory, or correct the unit in the register of meters.",
    ),
    Code(
        "unit-not-metered",
        "没有 {unit} 的计量点。最接近的是：{nearest}。",
        "No meter belongs to {unit}. Nearest: {nearest}.",
        "请核对单位编号（形如 facility/…），或先登记计量点。",
        "Check the id of the unit (such as facility/…), or register its meters first.",
    ),
    Code(
        "metered-month-incomplete",
        "{unit} 的 {carrier} 在 {month} 缺 {missing} 个间隔，未作为观测记录。",
        "{missing} intervals of {carrier} of {unit} are missing in {month}: it is not recorded as an observation.",
        "请补传读数后重新汇总；缺的不按零计。",
        "Send the readings and roll up again; what is missing is not zero.",
    ),
    Code(
        "meters-stood-still",
        "{meters} 个计量点有 {hours} 个小时无用量，而同样的小时平时有用量（卡滞或停用），如 {examples}；"
        "按零计入，存疑。",
        "{meters} meters have {hours} hours without use that usually have some (stuck, or switched off), such as "
        "{examples}; they count as zero and are suspect.",
        "用 tanheng meters check 查看起止时刻；表计卡滞的请补记读数，停用的无须处理。",
        "tanheng meters check names the hours; enter readings where a meter was stuck, do nothing where it was off.",
    ),
    Code(
        "readings-not-rolled-up",
        "{months} 的读数尚未汇总，报告中没有或不是最新。",
        "Readings of {months} are not rolled up yet: the report lacks them or is behind.",
        "先运行 tanheng meters rollup。",
        "Run tanheng meters rollup first.",
    ),
    Code(
        "readings-reference-unreadable",
        "“{text}”不是读数的引用。",
        "“{text}” is no reference to readings.",
        "请照抄解释中的引用：readings:计量点/起日/止日@摘要。",
        "Copy it from an explanation: readings:<meter>/<from>/<to>@<digest>.",
    ),
    Code(
        "month-frozen-already",
        "{month} 已冻结。",
        "{month} is frozen already.",
        "冻结的数值不改；现值与差异见 rollup --json 的 restated。",
        "What is frozen stays; rollup --json gives under restated what it would be now.",
    ),
    Code(
        "month-not-rolled-up",
        "{month} 没有汇总数值，不能冻结。",
        "There is no figure of {month} to freeze.",
        "请先导入该月读数并汇总。",
        "Import readings of that month and roll them up first.",
    ),
    Code(
        "cluster-not-installed",
        "没有安装 {package}，不能使用 Spark 集群。",
        "{package} is not installed, so that a Spark cluster cannot be used.",
        "请另建环境安装 requirements/cluster.txt，或改用 --engine duckdb。",
        "Install requirements/cluster.txt into an environment of its own, or use --engine duckdb.",
    ),
)

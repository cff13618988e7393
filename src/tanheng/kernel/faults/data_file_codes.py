"""Codes of a plain data file that a run reads by itself, without a site."""

from tanheng.kernel.faults.code import Code

DATA_FILES = (
    Code(
        "data-file-not-found",
        "找不到数据文件“{file}”。",
        "There is no data file “{file}”.",
        "请检查路径。",
        "Check the path.",
    ),
    Code(
        "data-file-unreadable",
        "“{file}”第 {line} 行不能作为 CSV 读出：{problem}",
        "Line {line} of “{file}” is no CSV: {problem}",
        "请另存为 UTF-8 编码的 CSV 再试。",
        "Save it as a CSV in UTF-8 and try again.",
    ),
    Code(
        "data-file-empty",
        "“{file}”没有数据行。",
        "“{file}” has no rows of data.",
        "表头一行，其下每行一个数：{columns}。",
        "One row of headings, then one figure a row: {columns}.",
    ),
    Code(
        "data-column-missing",
        "“{file}”缺少列“{column}”；表头有：{found}。",
        "“{file}” lacks the column “{column}”; its headings are: {found}.",
        "需要的列：{columns}（其余列不看）。",
        "The columns needed are {columns} (others are passed over).",
    ),
    Code(
        "data-column-twice",
        "“{file}”的列“{column}”出现 {count} 次。",
        "The column “{column}” stands {count} times in “{file}”.",
        "请删去多余的列。",
        "Remove the columns that are too many.",
    ),
    Code(
        "data-row-short",
        "该行只有 {count} 格，表头有 {columns} 格。",
        "This row has {count} cells and the headings {columns}.",
        "可能漏了一格或错列，请对照原表。",
        "A cell may be missing or shifted: compare the original.",
    ),
    Code(
        "data-value-unreadable",
        "列“{column}”的“{value}”不是数。",
        "“{value}” in the column “{column}” is no number.",
        "请写成 12.345 这样的数，不带千分号和单位；没有的数请删去该行，不要写 0。",
        "Write it like 12.345, without separators or unit; leave out the row where there is none, and write no 0.",
    ),
    Code(
        "data-name-unknown",
        "不认识的{kind:zh}“{value}”。相近的有：{nearest}。",
        "Unknown {kind:en} “{value}”. Nearest: {nearest}.",
        "请改用登记的名称，或在定义包中登记别名。",
        "Use a registered name, or register an alias in a pack.",
    ),
    Code(
        "data-row-twice",
        "“{key}”已在第 {first} 行给出。",
        "“{key}” was stated in line {first} already.",
        "请删去重复行；数不同的请核对原表。",
        "Remove the row that repeats; where the figures differ, compare the original.",
    ),
    Code(
        "data-several-years",
        "“{file}”有多个年份：{years}。",
        "“{file}” has several years: {years}.",
        "请用 --period 指定一年。",
        "Choose one with --period.",
    ),
    Code(
        "data-year-missing",
        "“{file}”没有 {period} 的数；有：{years}。",
        "“{file}” has nothing for {period}; it has {years}.",
        "请检查 --period。",
        "Check --period.",
    ),
    Code(
        "data-not-for-method",
        "方法 {method} 不能直接读数据文件；可以的有：{methods}。",
        "The method {method} reads no data file by itself. These do: {methods}.",
        "请先导入数据再计算。",
        "Import the data and run it on the site.",
    ),
)

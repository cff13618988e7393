"""The codes of made-up cities and of an area's month: what can be wrong with a wish for one."""

from tanheng.kernel.faults.code import Code

FICTION = (
    Code(
        "recipe-not-found",
        "定义包“{pack}”没有虚构城市的配方，或没有标明为虚构。",
        "The pack “{pack}” has no recipe of a made-up city, or does not say that it is fictional.",
        "请用 --pack 指定带配方的虚构定义包；有 TANHENG_PACKS 时请检查其中的同名包。",
        "Name a fictional pack with a recipe by --pack; where TANHENG_PACKS is set, see its pack of that name.",
    ),
    Code(
        "unit-count-too-small",
        "{units} 个单位太少：配方点名的单位就有 {least} 个。",
        "{units} units are too few: the recipe names {least} of them.",
        "请用 --units 给出更大的数。",
        "Give a larger number with --units.",
    ),
    Code(
        "recipe-digits-too-fine",
        "品种“{carrier}”按 {decimals} 位小数打印，折标后不是整克。",
        "The carrier “{carrier}” is printed in {decimals} decimals, which is no whole gram of standard coal.",
        "请在配方中减少该品种的小数位数，使真值可以精确相加。",
        "Print it in fewer decimals in the recipe, so that true sums are exact.",
    ),
    Code(
        "district-unknown",
        "配方中没有区“{district}”，有：{known}。",
        "The recipe has no district “{district}”; it has: {known}.",
        "请改用其中之一。",
        "Use one of these.",
    ),
    Code(
        "months-outside-recipe",
        "配方只能生成 {first} 年至 {last} 年的月份。",
        "The recipe makes months of {first} to {last} only.",
        "请修改 --from 和 --to。",
        "Change --from and --to.",
    ),
    Code(
        "area-not-in-directory",
        "名录中没有区域“{area}”。相近的有：{nearest}。",
        "The directory has no area “{area}”. Nearest: {nearest}.",
        "请核对编号，或先登记入名录。",
        "Check the id, or record it in the directory first.",
    ),
    Code(
        "period-not-a-month",
        "{period} 不是一个月。",
        "{period} is not one month.",
        "请写成 2025-12 这样的月份。",
        "Write a month such as 2025-12.",
    ),
    Code(
        "folder-in-use",
        "文件夹“{folder}”里有别的内容，没有写入。",
        "The folder “{folder}” holds something else; nothing was written.",
        "请换一个空文件夹。",
        "Choose an empty one.",
    ),
)

"""Codes of accounts: what their single cells lack or contradict."""

from tanheng.kernel.faults.code import Code

ACCOUNTS = (
    Code(
        "observation-missing",
        "缺少“{indicator:zh}”：{subject:zh}，{period}{line:zh}（知识日期 {known_on}）。",
        "There is no “{indicator:en}” of {subject:en} for {period}{line:en}, as known on {known_on}.",
        "请导入含有该数的表；尚未发布的，请待发布后再算。缺数不按零计。",
        "Import the table that has it; what is not yet published comes later. A gap is not counted as zero.",
    ),
    Code(
        "observation-contradicted",
        "“{indicator:zh}”（{subject:zh}，{period}{line:zh}）有 {count} 个不同来源的数：{sources}。",
        "“{indicator:en}” of {subject:en} for {period}{line:en} is stated {count} times: {sources}.",
        "请核对各来源，撤销错误的导入，或把口径分开。",
        "Compare the sources, undo the wrong import, or keep the coverages apart.",
    ),
    Code(
        "cell-not-computable",
        "无法计算 {address}：{formula}，其中 {values}。",
        "{address} cannot be computed: {formula} with {values}.",
        "请核对分母和增速：不能为零，取对数的数必须为正。",
        "Check denominators and rates: none may be zero, and a logarithm needs a positive number.",
    ),
    Code(
        "setting-unknown",
        "方法 {method} 在制度 {scheme} 下没有设置项“{name}”。可用的有：{nearest}。",
        "The method {method} has no setting “{name}” under the scheme {scheme}. There are: {nearest}.",
        "请检查 --set 后的名称。",
        "Check the name after --set.",
    ),
    Code(
        "setting-unreadable",
        "设置项“{name}”的值“{value}”不是数。",
        "The setting “{name}” is “{value}”, which is not a number.",
        "请写成 --set {name}=0.300 这样的形式。",
        "Write it like --set {name}=0.300.",
    ),
)

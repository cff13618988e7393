"""The barometer: rules, lights, what a light cannot say, and papers made of lights."""

from tanheng.kernel.faults.code import Code

BAROMETER = (
    Code(
        "barometer-direction-unfit",
        "规则 {rule} 不能评定“{direction}”类目标，只能评定：{allowed}。",
        "The rule {rule} cannot grade a target of the kind {direction}, only: {allowed}.",
        "请另选规则（tanheng barometer rules）。",
        "Choose another rule (tanheng barometer rules).",
    ),
    Code(
        "barometer-target-unfit",
        "规则 {rule} 按完成率分级，目标 {target} 不大于零，完成率没有意义。",
        "The rule {rule} grades by completion, and of the target {target}, which is not above zero, there is none.",
        "请改用差距比例规则。",
        "Use a rule that grades by the gap.",
    ),
    Code(
        "barometer-number-unreadable",
        "{name} 不是数：“{text}”。",
        "{name} is no number: “{text}”.",
        "请写成十进制数，如 2.97 或 -0.5。",
        "Write a decimal number, such as 2.97 or -0.5.",
    ),
)

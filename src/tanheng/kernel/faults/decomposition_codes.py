"""Splitting a target among subjects, and checking a split."""

from tanheng.kernel.faults.code import Code

DECOMPOSITIONS = (
    # the plan
    Code(
        "split-plan-unnamed",
        "没有指明目标分解方案；已有：{known}。",
        "No decomposition plan is named; there is: {known}.",
        "请写明方案编号，如 tanheng targets decompose 方案编号。",
        "Name one, as in tanheng targets decompose PLAN.",
    ),
    Code(
        "split-period-differs",
        "方案 {plan} 的完成期是 {by}，本次要算的是 {period}。",
        "The plan {plan} is due by {by}, and {period} is asked for.",
        "请按方案的完成期计算，或另写一份方案。",
        "Ask for the plan's own period, or write another plan.",
    ),
    Code(
        "split-indicator-unread",
        "目标分解不读取指标“{indicator}”；可用：{known}。",
        "A decomposition does not read the indicator “{indicator}”; it reads: {known}.",
        "请改用列出的指标，或在方案中直接写数（stated）。",
        "Use one of these, or state the figures in the plan.",
    ),
    Code(
        "split-file-unreadable",
        "{file} 不是可用的目标分解方案：{problem}。",
        "{file} is no decomposition plan that can be used: {problem}.",
        "请按 decomposition_plan/1 的格式改正。",
        "Correct it to the shape decomposition_plan/1.",
    ),
    Code(
        "split-nothing-to-check",
        "没有可以检查的目标分解：{where} 中没有分解方案。",
        "There is no split to check: {where} has no decomposition plan.",
        "请写一份方案，说明总目标与各单位目标（见 docs/how-to/split-a-target.md）。",
        "Write a plan that names the whole and its parts (see docs/how-to/split-a-target.md).",
    ),
    # what is demanded
    Code(
        "split-target-unknown",
        "{subject:zh}：目标 {target} 没有登记，或在知识日期 {known_on} 不再有效（方案 {plan}）。",
        "{subject:en}: the target {target} is not recorded, or does not count as known on {known_on} (plan {plan}).",
        "请先登记该目标，或更正方案中的编号。",
        "Record the target, or correct its id in the plan.",
    ),
    Code(
        "split-target-unfit",
        "{subject:zh}：目标 {target}（{demand}）不能按“{kind}”分解（方案 {plan}）。",
        "{subject:en}: the target {target} ({demand}) cannot be split as {kind} (plan {plan}).",
        "强度目标须为下降率（%），总量目标须为不超过某数；请改方案的类别或目标。",
        "An intensity takes a fall in per cent, a cap an amount at most; change the plan's kind or the target.",
    ),
    Code(
        "split-subject-without-target",
        "{subject:zh} 没有目标，方案也没有说明为何不下达（方案 {plan}）。",
        "{subject:en} has no target, and the plan does not say why (plan {plan}).",
        "请补上目标编号；暂不下达的，写明 standing 与理由。",
        "Name its target; of one that is let off, give its standing and the reason.",
    ),
    # the figures
    Code(
        "split-figure-missing",
        "{subject:zh} 缺少 {period} 的“{figure:zh}”，合计因此没有数（方案 {plan}）。",
        "{subject:en} has no “{figure:en}” for {period}, so the whole has no number (plan {plan}).",
        "请补数；缺数不按零计。",
        "Supply it; what is missing is not zero.",
    ),
    Code(
        "split-figure-not-positive",
        "{subject:zh} 的“{figure:zh}”为 {value} {unit:zh}，不大于零，不能参与分解，合计因此没有数（方案 {plan}）。",
        "{subject:en} has {figure:en} of {value} {unit:en}, which is not above zero and bears no split: the whole has "
        "no number (plan {plan}).",
        "请核对该数；净吸收或停产的单位应单列并写明理由。",
        "Check it; a subject that absorbs or stands still is named apart, with its reason.",
    ),
    Code(
        "split-unit-differs",
        "{subject:zh} 的“{figure:zh}”单位或价格年与方案不同：{problem}（方案 {plan}）。",
        "{subject:en} states {figure:en} in another unit or price year than the plan: {problem} (plan {plan}).",
        "请改用同一口径、同一价格年的数。",
        "Use figures of one basis and one price year.",
    ),
    Code(
        "split-growth-missing",
        "{subject:zh} 没有预计增速，而其他单位有（方案 {plan}）。",
        "No growth is expected of {subject:en}, and of others it is (plan {plan}).",
        "请补上；不增长请写 0。",
        "Give it; write 0 where none is expected.",
    ),
    Code(
        "split-without-growth",
        "方案 {plan} 没有预计增速：按基期结构计算，等于假定 {subject:zh} 各单位增速相同。",
        "The plan {plan} expects no growth: it is computed at the base year's structure, as if all of {subject:en} "
        "grew alike.",
        "各单位增速不同的，请填写各单位的预计增速（方案文件中为 growth）。",
        "Give the growth expected of each where it differs (`growth` in the file of a plan).",
    ),
    Code(
        "split-amount-unshown",
        "{subject:zh} 的数量单位 {unit:zh} 没有结果指标，只给出比率（方案 {plan}）。",
        "There is no result in {unit:en} for {subject:en}; rates alone are given (plan {plan}).",
        "需要数量的，请换算为吨标准煤或吨二氧化碳。",
        "Convert to coal equivalent or CO2 where amounts are wanted.",
    ),
    # the methods
    Code(
        "split-weights-not-one",
        "方案 {plan}（{subject:zh}）的权重合计为 {total}，应为 1。",
        "The weights of the plan {plan} ({subject:en}) total {total}, not 1.",
        "请改正权重。",
        "Correct the weights.",
    ),
    Code(
        "split-weight-negative",
        "方案 {plan}（{subject:zh}）的准则“{criterion}”权重为负：{weight}。",
        "The criterion {criterion} of the plan {plan} ({subject:en}) has a negative weight: {weight}.",
        "权重不能为负；越大越轻的准则请改用倒数。",
        "A weight is not negative; turn a criterion that eases into its reciprocal.",
    ),
    Code(
        "split-done-missing",
        "{subject:zh} 没有规划期目标或已完成年份的降幅，不能算剩余任务（方案 {plan}）。",
        "{subject:en} has no goal or no fall of the years done, so nothing is left to be computed (plan {plan}).",
        "请补 goal 和 done。",
        "Give `goal` and `done`.",
    ),
    Code(
        "split-goal-is-all",
        "{subject:zh} 的目标或已降幅达到 {goal}% 以上，逐年等比无从计算（方案 {plan}）。",
        "{subject:en} has a goal or a fall of all there is ({goal} %), which no equal yearly rate reaches (plan "
        "{plan}).",
        "归零目标请按总量（kind: total）分解。",
        "Split a goal of nothing left as a cap (kind: total).",
    ),
    Code(
        "split-benchmark-missing",
        "{subject:zh} 没有标杆类别或基数，不能算节能潜力（方案 {plan}）。",
        "{subject:en} has no benchmark or no basis, so its potential is not known (plan {plan}).",
        "请补 benchmark（标杆的类别）与 basis。",
        "Give `benchmark`, the category of the benchmark value, and `basis`.",
    ),
    Code(
        "split-nobody-left",
        "方案 {plan} 中没有一个可以承担 {subject:zh} 目标的单位。",
        "Nobody in the plan {plan} is left to take a part of the demand on {subject:en}.",
        "请检查哪些单位免于下达、哪些缺数。",
        "See who is let off and whose figures bear no split.",
    ),
    Code(
        "split-rate-beyond-all",
        "{subject:zh} 算得降幅 {rate}%，超过全部（方案 {plan}）。",
        "{subject:en} would have to save {rate} %, more than all it uses (plan {plan}).",
        "请核对总目标与得分；要求负排放的，请确认。",
        "Check the demand and the scores; confirm it where less than nothing is meant.",
    ),
    Code(
        "split-nothing-needed",
        "不加约束也已满足 {subject:zh} 的目标（还有余量，需节约 {amount}）；各单位降幅为最低要求（方案 {plan}）。",
        "The demand on {subject:en} is met without any saving (needed: {amount}); all get the least rate (plan "
        "{plan}).",
        "请核对预计增速与目标。",
        "Check the expected growth and the demand.",
    ),
    Code(
        "split-beyond-bands",
        "{subject:zh} 算得 {rate}%，超出各档，落在最外一档 {band}%（方案 {plan}）。",
        "{subject:en} comes to {rate} %, beyond the bands, and stands on the outermost, {band} % (plan {plan}).",
        "请看合计差额；必要时增设档次。",
        "See the shortfall of the whole; add a band where it is needed.",
    ),
    # the whole
    Code(
        "split-falls-short",
        "各单位合起来比 {subject:zh} 的目标差 {size} {unit:zh}（方案 {plan}）。",
        "All together fall short of the demand on {subject:en} by {size} {unit:en} (plan {plan}).",
        "请加严若干单位，或说明差额由谁承担。",
        "Demand more of some, or say who makes up the difference.",
    ),
    Code(
        "split-weaker-than-whole",
        "{subject:zh} 的目标比总目标弱 {points} 个百分点（{amount:zh}；方案 {plan}）。",
        "{subject:en} is demanded {points} points less than the whole ({amount:en}; plan {plan}).",
        "弱于总目标的部分须由其他单位补足；请看合计。",
        "What is less here, others make up; see the whole.",
    ),
    Code(
        "split-cannot-be-recombined",
        "缺少各单位数据，合计无法重算：{subject:zh} 的合计在 {low}% 与 {high}% 之间，目标 {demand}%（方案 {plan}）。",
        "Without figures the whole cannot be put together: {subject:en} comes to between {low} % and {high} %, and "
        "{demand} % is demanded (plan {plan}).",
        "请补各单位基期的能耗与产值（或增加值），再检查一次。",
        "Supply amount and basis of every subject for the base year, and check again.",
    ),
    Code(
        "split-short-whatever-figures",
        "各单位目标最强的只有 {high}%（最弱 {low}%），{subject:zh} 的 {demand}% 无论如何达不到（方案 {plan}）。",
        "The strongest part is demanded {high} % (the weakest {low} %), so {subject:en} cannot reach {demand} % (plan "
        "{plan}).",
        "请加严各单位目标。",
        "Demand more of the parts.",
    ),
    Code(
        "split-enough-whatever-figures",
        "各单位目标都不弱于 {demand}%（{low}% 至 {high}%），{subject:zh} 的目标可以达到（方案 {plan}）。",
        "No part is demanded less than {demand} % ({low} % to {high} %), so {subject:en} gets there (plan {plan}).",
        "无需处理。",
        "Nothing needs to be done.",
    ),
    Code(
        "split-without-whole",
        "方案 {plan} 没有写明 {subject:zh} 的总目标：只列各单位指标与合计，不比较。",
        "The plan {plan} names no demand on {subject:en}: the parts are listed and added, and compared with nothing.",
        "有总目标的，请写明 target 或 demand。",
        "Give `target` or `demand` where there is one.",
    ),
    Code(
        "split-amount-implausible",
        "{subject:zh} 写为 {value} {unit:zh}，是其他单位合计的 {times} 倍（方案 {plan}）：很可能多写了“万”。",
        "{subject:en} is stated as {value} {unit:en}, {times} times all others together (plan {plan}): probably a slip "
        "by 10^4.",
        "请核对原文的单位；原文有误的，请发文单位更正。",
        "Check the unit in the document; where the document errs, have its issuer correct it.",
    ),
    Code(
        "split-covers-part",
        "各单位合计只占 {subject:zh} 的 {share}%（方案 {plan}），其余未分解。",
        "The subjects are {share} % of {subject:en} (plan {plan}); the rest is not split.",
        "请说明其余部分由谁负责。",
        "Say who answers for the rest.",
    ),
    Code(
        "split-more-than-whole",
        "各单位合计为 {subject:zh} 的 {share}%，超过总体，可能重复计算（方案 {plan}）。",
        "The subjects are {share} % of {subject:en}, more than the whole: something counts twice (plan {plan}).",
        "请检查主体是否交叉、口径是否一致。",
        "Check for overlaps, and that all are of one coverage.",
    ),
    Code(
        "targets-imply-basis",
        "{subject} 的总量（{total}）除以强度（{intensity}）得 {value} {basis}，应与其实际数相符。",
        "The cap of {subject} ({total}) over its intensity ({intensity}) is {value} {basis}, which should be what it "
        "has.",
        "请与建筑面积或处理量核对；不符的，两个指标有一个不对。",
        "Compare it with floor area or volume; where they differ, one of the two targets is wrong.",
    ),
    Code(
        "targets-intensity-not-positive",
        "{subject} 的强度目标（{intensity}）为 {value} {unit}，不大于零，与总量目标（{total}）无法对照。",
        "The intensity demanded of {subject} ({intensity}) is {value} {unit}, not above zero, and cannot be held "
        "against its cap ({total}).",
        "请核对该目标。",
        "Check the target.",
    ),
    # the subjects
    Code(
        "split-subject-twice",
        "{subject:zh} 在方案 {plan} 中出现 {count} 次。",
        "{subject:en} stands {count} times in the plan {plan}.",
        "请只保留一次。",
        "Keep it once.",
    ),
    Code(
        "split-subject-is-whole",
        "{subject:zh} 既是总体，又列为各单位之一（方案 {plan}）；不重复计入。",
        "{subject:en} is the whole and stands among its parts (plan {plan}); it is not counted twice.",
        "请从各单位中删去。",
        "Take it out of the parts.",
    ),
    Code(
        "split-subject-inside",
        "{subject:zh} 位于 {outer:zh} 之内，两者都在方案 {plan} 中，节约量会重复计算。",
        "{subject:en} lies inside {outer:en}, and the plan {plan} has both: what they save would count twice.",
        "请保留一个，或从外层单位中扣除。",
        "Keep one, or take it out of the other.",
    ),
    Code(
        "split-unit-in-two",
        "{subject:zh} 与 {other:zh} 都含有 {units}（方案 {plan}）。",
        "{subject:en} and {other:en} both have {units} (plan {plan}).",
        "一个单位只能归一个主体；请改正。",
        "A unit belongs to one subject; correct it.",
    ),
    Code(
        "split-subject-left-out",
        "{subject:zh} 属于 {parent:zh}，方案 {plan} 没有列入。",
        "{subject:en} belongs to {parent:en} and is not in the plan {plan}.",
        "请列入；暂不下达的，写明 standing 与理由。",
        "Put it in; of one that is let off, give its standing and the reason.",
    ),
    Code(
        "split-subject-changed",
        "{subject:zh} 在基期与完成期之间有变动：{part:zh} 自 {day} 起变更归属（方案 {plan}）。",
        "{subject:en} changed between base and due date: {part:en} changed place on {day} (plan {plan}).",
        "请用同一范围的基期数，并写明区划调整。",
        "Use base figures of the same extent, and say what changed.",
    ),
    Code(
        "split-exempt",
        "{subject:zh} 不下达指标：{reason:zh}；{expects:zh}（方案 {plan}）。",
        "{subject:en} is exempt: {reason:en}; {expects:en} (plan {plan}).",
        "请确认理由和依据。",
        "Confirm the reason and its clause.",
    ),
    Code(
        "split-municipal",
        "{subject:zh} 由市管理：{reason:zh}；{expects:zh}（方案 {plan}）。",
        "{subject:en} is managed by the city: {reason:en}; {expects:en} (plan {plan}).",
        "请确认市里是否另行下达。",
        "Confirm that the city sets its target.",
    ),
)

"""Codes of mandates: who may act, and what is said to those who may not."""

from tanheng.kernel.faults.code import Code

MANDATES = (
    Code(
        "role-unknown",
        "没有角色“{role}”。",
        "There is no role “{role}”.",
        "请从这些角色中选择：{known}。",
        "Choose one of: {known}.",
    ),
    Code(
        "mandate-names-nothing",
        "角色“{role}”的授权须写明 {what}。",
        "A mandate of the role “{role}” has to name its {what}.",
        "请补上 {what}（area：区域；party：单位）后重试。",
        "Give the {what} and try again.",
    ),
    Code(
        "mandate-of-unknown-subject",
        "名录中没有：{subjects}。",
        "The directory has none of these: {subjects}.",
        "请先登记名录，或改用已登记的编号。",
        "Record them in the directory first, or name what is recorded.",
    ),
    Code(
        "mandate-ends-before-it-begins",
        "授权的结束日期 {end} 早于开始日期 {start}。",
        "A mandate that begins on {start} cannot end on {end}.",
        "请改正日期；要撤回授权，可将结束日期写成开始日期。",
        "Mend the dates; to withdraw a mandate, end it on the day it begins.",
    ),
    Code(
        "mandate-unknown",
        "没有授权“{mandate}”，或它已不再有效。",
        "There is no mandate “{mandate}”, or it holds no longer.",
        "请从自己的授权中选择；管理员可用 tanheng users list 查看。",
        "Choose one of your own; an administrator lists them with tanheng users list.",
    ),
    Code(
        "not-permitted",
        "现有身份不能进行这项操作（{act}）。",
        "The mandate you act under does not allow this ({act}).",
        "请换用有此权限的身份，或请管理员授权。",
        "Switch to a mandate that allows it, or ask an administrator for one.",
    ),
    Code(
        "nothing-of-that-name",
        "名录中没有“{subject}”。",
        "The directory has no “{subject}”.",
        "请从自己的首页逐级进入。",
        "Start from your home page and go down.",
    ),
    Code(
        "no-mandate",
        "您还没有有效的授权，只能查看已发布的内容。",
        "No mandate of yours holds today, so that only what is published is open to you.",
        "请向双碳办申请授权。",
        "Ask the office to grant you one.",
    ),
    Code(
        "token-unknown",
        "令牌无效：不存在、已终止，或其授权已不再有效。",
        "This token lets nobody in: there is none of it, it was ended, or its mandate holds no longer.",
        "请在“我的账号”页面另建令牌。",
        "Make another one on the page of your account.",
    ),
    Code(
        "token-without-name",
        "令牌需要名称，最多 {limit} 字。",
        "A token needs a name of at most {limit} signs.",
        "请写明令牌的用途。",
        "Say what it is for.",
    ),
    Code(
        "too-many-requests",
        "请求过于频繁。",
        "Too many requests.",
        "请稍等一分钟再试；批量取数请一次取整个期间。",
        "Wait a minute; whoever fetches much asks for a whole period at once.",
    ),
    Code(
        "login-taken",
        "账号“{login}”已存在。",
        "There is a login “{login}” already.",
        "请另取账号名，或用 tanheng users grant 给它授权。",
        "Choose another name, or grant it a mandate with tanheng users grant.",
    ),
    Code(
        "login-unknown",
        "没有账号“{login}”。",
        "There is no login “{login}”.",
        "请用 tanheng users list 查看账号，或用 tanheng users add 新建。",
        "tanheng users list shows them, tanheng users add opens one.",
    ),
    Code(
        "password-too-weak",
        "密码不合要求：{why}",
        "The password will not do: {why}",
        "请换一个更长、不常见的密码。",
        "Choose a longer one that nobody else uses.",
    ),
)

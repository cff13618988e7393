"""Codes of the pages and the API."""

from tanheng.kernel.faults.code import Code

WEB = (
    Code(
        "area-not-found",
        "名录中没有区域“{area}”。",
        "The directory has no area “{area}”.",
        "请从城市页面逐级进入。",
        "Start from the city and go down.",
    ),
    Code(
        "source-cell-not-found",
        "没有数据来自工作簿 {digest} 的 {sheet}!{cell}。",
        "Nothing was recorded from {sheet}!{cell} of the workbook {digest}.",
        "请从数值的由来页面打开来源单元格。",
        "Open the source cell from the explanation of a figure.",
    ),
    Code(
        "nothing-published",
        "没有已发布的“{what}”。",
        "Nothing of “{what}” has been published.",
        "请从公开网站的总览进入。",
        "Start from the overview of the public site.",
    ),
    Code(
        "title-missing",
        "发布需要标题。",
        "A publication needs a title.",
        "请填写标题后重新提交。",
        "Fill in the title and send the form again.",
    ),
    Code(
        "site-unreachable",
        "无法连接站点 {site}：{why}。",
        "The site {site} cannot be reached: {why}.",
        "请检查地址和网络，并确认站点正在运行。",
        "Check the address and the network, and that the site is running.",
    ),
    Code(
        "site-answers-otherwise",
        "{site} 的回答不是碳衡接口的格式（状态 {status}，类型 {kind}）。",
        "{site} does not answer as the API of Tanheng does (status {status}, type {kind}).",
        "请填写站点的首地址，不带页面路径；如经代理访问，请检查代理。",
        "Give the address of the site without the path of a page; behind a proxy, look at the proxy.",
    ),
    Code(
        "home-open-already",
        "本进程已打开 {open}，不能再打开 {home}。",
        "This process has opened {open} already and cannot open {home} as well.",
        "请重启内核或另开一个进程，或用 tanheng.connect 访问第二个站点。",
        "Restart the kernel or use another process, or reach the second site by tanheng.connect.",
    ),
    Code(
        "no-such-column",
        "表中没有列“{column}”。",
        "The table has no column “{column}”.",
        "现有的列：{known}。",
        "Columns: {known}.",
    ),
    Code(
        "figure-not-explained",
        "此行没有可查由来的“{column}”。",
        "Nothing in this row can be explained as “{column}”.",
        "可查由来的列：{known}。",
        "What can be explained: {known}.",
    ),
    Code(
        "token-needed",
        "通过接口修改数据须使用令牌。",
        "Changing something through the API needs a token.",
        "请在“账号”页面新建令牌，并放在请求头 Authorization: Bearer 之后。",
        "Make a token on the page of your account and send it in the header Authorization, after “Bearer”.",
    ),
    Code(
        "request-unreadable",
        "请求参数缺失或无法识别：{fields}。",
        "Missing or unreadable parameters: {fields}.",
        "请对照 /api/openapi.json 检查参数。",
        "Compare the parameters with /api/openapi.json.",
    ),
    Code(
        "text-too-long",
        "“{begins}…”共 {length} 个字符，最多 {most} 个；没有保存任何内容。",
        "“{begins}…” has {length} characters; there is room for {most}. Nothing was saved.",
        "请缩短后重新提交；较长的内容可作为附件上传。",
        "Make it shorter and send it again; what is longer can come as a file.",
    ),
)

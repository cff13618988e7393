"""`tanheng audit verify`: whether the log still holds, link by link, row by row and file by file."""

from __future__ import annotations

from tanheng.cli.options import as_json_option
from tanheng.cli.output import as_json, emit, say, show_findings, working
from tanheng.cli.site import open_site
from tanheng.cli.verb import Verbs, verb
from tanheng.cli.words import words

audit = Verbs("audit", zh="日志。", en="The log.")


@verb(
    "verify",
    "核对日志的哈希链、全部记录和存档文件。\n\n有断链、改动或缺失则退出码为 1。",
    "Verify the hash chain of the log, every row it vouches for and every file that is kept for it.\n\n"
    "Exit code 1 where anything was changed or is missing.",
)
@as_json_option
def verify(as_document: bool) -> int:
    """Names the first link that is broken, every row that was changed and every kept file that is not whole."""
    open_site()
    from tanheng.records.selecting import log_position
    from tanheng.records.verification import verify_chain, verify_kept

    with working(words("核对中", "Verifying")):
        findings = as_json([*verify_chain(), *verify_kept()])
    position = log_position()
    if as_document:
        emit({"intact": not findings, "position": position, "findings": findings})
        return int(bool(findings))
    show_findings(findings)
    if not findings:
        say(words(f"日志完整，共 {position} 个事件。", f"The log is intact: {position} events."))
    return int(bool(findings))


audit.add_command(verify)

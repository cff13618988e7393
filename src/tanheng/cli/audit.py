"""`tanheng audit verify`: whether the log still holds, link by link and row by row."""

from __future__ import annotations

from tanheng.cli.options import as_json_option
from tanheng.cli.output import as_json, emit, say, show_findings, working
from tanheng.cli.site import open_site
from tanheng.cli.verb import Verbs, verb
from tanheng.cli.words import words

audit = Verbs("audit", zh="日志。", en="The log.")


@verb(
    "verify",
    "核对日志的哈希链及其全部记录。\n\n有断链或改动则退出码为 1。",
    "Verify the hash chain of the log and every row it vouches for.\n\nExit code 1 where anything was changed.",
)
@as_json_option
def verify(as_document: bool) -> int:
    """Reads the whole log and names the first link that is broken and every row that was changed."""
    open_site()
    from tanheng.records.selecting import log_position
    from tanheng.records.verification import verify_chain

    with working(words("核对中", "Verifying")):
        findings = as_json(verify_chain())
    position = log_position()
    if as_document:
        emit({"intact": not findings, "position": position, "findings": findings})
        return int(bool(findings))
    show_findings(findings)
    if not findings:
        say(words(f"日志完整，共 {position} 个事件。", f"The log is intact: {position} events."))
    return int(bool(findings))


audit.add_command(verify)

"""The command line: one file per verb, each a thin door to the records.

A verb reads its arguments, calls one function below, prints the answer and returns its exit code: 0 done, 1 blocked
by findings (or a repetition that differs, or a broken log), 2 refused. With `--json` exactly one document stands on
the output stream. Nothing here computes, and nothing here writes but through the records.
"""

from tanheng.cli.assess import assess
from tanheng.cli.audit import audit
from tanheng.cli.barometer import barometer
from tanheng.cli.compare import compare
from tanheng.cli.demo import demo
from tanheng.cli.dispatch import dispatch
from tanheng.cli.explain import explain
from tanheng.cli.export import export
from tanheng.cli.factors import factors
from tanheng.cli.fiction import fiction
from tanheng.cli.import_ import import_
from tanheng.cli.init import init
from tanheng.cli.layout import layout
from tanheng.cli.log import log
from tanheng.cli.meters import meters
from tanheng.cli.methods import methods
from tanheng.cli.month import month
from tanheng.cli.packs import packs
from tanheng.cli.policy import policy
from tanheng.cli.publish import publish
from tanheng.cli.remind import remind
from tanheng.cli.repeat import repeat
from tanheng.cli.run import run
from tanheng.cli.serve import serve
from tanheng.cli.targets import targets
from tanheng.cli.tasks import tasks
from tanheng.cli.template import template
from tanheng.cli.undo import undo
from tanheng.cli.users import users
from tanheng.cli.verb import Program

main = Program(
    "tanheng",
    zh="碳衡：城市碳排放双控平台。\n\n退出码：0 完成，1 有阻断性问题，2 请求被拒绝。TANHENG_LANG=en 显示英文。",
    en="Tanheng: the dual control of carbon and energy in a city.\n\n"
    "Exit codes: 0 done, 1 blocked by findings, 2 refused.",
)

for _verb in (
    init,
    template,
    import_,
    log,
    undo,
    run,
    month,
    dispatch,
    explain,
    publish,
    export,
    compare,
    repeat,
    factors,
    methods,
    packs,
    layout,
    policy,
    assess,
    tasks,
    targets,
    barometer,
    meters,
    remind,
    audit,
    users,
    fiction,
    demo,
    serve,
):
    main.add_command(_verb)

__all__ = ["main"]

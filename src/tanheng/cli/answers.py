"""What the program says when it cannot do what was asked: a sentence, a next step, exit code 2, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from tanheng.cli.misuse import misuse
from tanheng.cli.output import say, warn
from tanheng.cli.words import language, words
from tanheng.kernel.faults import Refusal

REFUSED = 2
_INTERRUPTED = 130


def answered(work: Callable[[], Any]) -> int:
    """Does the work and gives its exit code; a refusal is said on the error stream."""
    try:
        code = work()
    except Refusal as refusal:
        return _refused(refusal)
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.format_message())
        return 0
    except click.UsageError as error:
        return _refused(misuse(error), error.ctx)
    except click.Abort:
        warn(
            words(
                "已中断；已经完成的步骤有效，其余没有写入。",
                "Interrupted; finished steps stand, nothing else was written.",
            )
        )
        return _INTERRUPTED
    except OSError as error:
        return _refused(Refusal("file-failed", file=error.filename or "-", problem=error.strerror or str(error)))
    except _database_faults() as error:
        return _refused(Refusal("database-failed", problem=str(error).strip().partition("\n")[0]))
    return code if isinstance(code, int) else 0


def _refused(refusal: Refusal, context: click.Context | None = None) -> int:
    warn(f"{words('不能执行：', 'Refused: ')}{refusal.message(language())}")
    warn(f"{words('下一步：', 'Next step: ')}{refusal.next_step(language())}")
    if context is not None:
        warn(context.get_usage())
    return REFUSED


def _database_faults() -> tuple[type[Exception], ...]:
    """What a database that is away or of another shape raises; nothing where no command has asked for one."""
    if "django.db" not in sys.modules:
        return ()
    from django.db import Error

    return (Error,)

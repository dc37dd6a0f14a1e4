"""`syslead selftest`: the model on this machine, held against what is known exactly."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.commands.console import compiling, terminal, text
from experiments.commands.console.help import OUTPUT, Choice, Command, as_json, option
from experiments.commands.console.json_output import document
from experiments.commands.console.text import Column
from experiments.commands.options.places import FOLDER, reserved
from experiments.validity import selftest as tests

if TYPE_CHECKING:
    from experiments.validity.checks import Check
    from experiments.validity.selftest import Tested

FAILED = 3


@click.command(
    cls=Command,
    examples=("syslead selftest", "syslead selftest --only chain --only bass", "syslead selftest --quick --json"),
    writes="The outcome of all limits, kept beside the compiled code for the closing remark of reports; with --files, "
    "their scenarios and tables into a new folder, and nothing else.",
    next_steps=(
        "syslead selftest --files limits      the scenarios, to look into and to run: syslead run limits/chain.toml",
    ),
)
@option("--only", "only", multiple=True, type=Choice(list(tests.LIMITS)), metavar="NAME",
        help=f"This limit alone; may be given again. Known: {', '.join(tests.LIMITS)}.")  # fmt: skip
@option("--quick", is_flag=True, help="Fewer runs, and so wider tolerances, in a third of the time.")
@option("--files", type=FOLDER, metavar="DIR", heading=OUTPUT,
        help="Write the scenarios and tables of the limits into a new folder, and run nothing.")  # fmt: skip
@as_json
@click.pass_context
def selftest(ctx: click.Context, only: tuple[str, ...], quick: bool, files: Path | None, as_json: bool) -> None:
    """Run the textbook models that the model contains, and hold what comes out against what is known exactly.

    Each is reached by parameters and tables alone and run as `syslead run` would run it. A mean may be off by four
    standard errors, a law by as much as happens once in 10,000 seeds; the exit code is 3 where something is off by more.
    """
    if files is not None:
        if only or quick:
            raise click.UsageError("`--files` runs nothing, so `--only` and `--quick` do not go with it.", ctx)
        written = _write(files)
        terminal.show(document({"files": written})) if as_json else terminal.show_lines(written)
        return
    names = list(dict.fromkeys(only)) or list(tests.LIMITS)
    compiling.first("compiled")
    outcomes = []
    for outcome in tests.tested(names, quick):
        outcomes.append(outcome)
        if not as_json:
            terminal.show("\n".join([_verdict(outcome), *_lines(outcome.checks), ""]))
    if not only:
        tests.keep(outcomes)
    failed = [outcome.limit.name for outcome in outcomes if not outcome.passed]
    if as_json:
        terminal.show(document({"passed": not failed, "quick": quick, "limits": [_content(each) for each in outcomes]}))
    else:
        terminal.show(f"FAILED: {', '.join(failed)}" if failed else f"All passed: {', '.join(names)}.")
    ctx.exit(FAILED if failed else 0)


def _write(folder: Path) -> list[Path]:
    from experiments.store.errors import NotWritable
    from experiments.validity.limits import files

    with reserved(folder):
        if any(folder.iterdir()):
            raise NotWritable(f"{folder} is there already; name a new folder.")
        try:
            files.write(folder)
        except BaseException:
            for file in folder.iterdir():
                file.unlink()
            raise
    return sorted(folder.glob("*.toml"))


def _verdict(outcome: Tested) -> str:
    limit, verdict = outcome.limit, "passed" if outcome.passed else "FAILED"
    return f"{limit.name}: {verdict} ({outcome.seconds:.1f} s). {limit.title}; {limit.source}."


def _lines(checks: list[Check]) -> list[str]:
    columns = [
        Column("", "quantity", [("" if check.passed else "FAILED: ") + check.what for check in checks], left=True),
        Column("", "expected", [_number(check.expected) for check in checks]),
        Column("", "got", [_number(check.got) for check in checks]),
        Column("may be off", "by", ["p" if check.expected is None else f"{check.tolerance:.2g}" for check in checks]),
    ]
    return [f"  {line}" for line in text.fitted(columns, terminal.width() - 2)[0]]


def _number(value: float | None) -> str:
    return "p ≥ 0.0001" if value is None else f"{value:.6g}"


def _content(outcome: Tested) -> dict[str, object]:
    checks = [{**check._asdict(), "passed": check.passed} for check in outcome.checks]
    return {
        "name": outcome.limit.name,
        "title": outcome.limit.title,
        "source": outcome.limit.source,
        "seconds": round(outcome.seconds, 1),
        "passed": outcome.passed,
        "checks": checks,
    }


COMMANDS = (selftest,)

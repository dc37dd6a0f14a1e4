"""`syslead run`: one run, its numbers on the screen, its picture in a folder."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.commands import completion, request_options
from experiments.commands.console import compiling, terminal, text
from experiments.commands.console.help import Command, as_json, option
from experiments.commands.console.json_output import document
from simulation import Request

if TYPE_CHECKING:
    from simulation import Result

RESULTS, MODEL, LUCK = "What is written", "What is simulated", "Luck and time"
FILES = ("run.json", "weekly.csv", "run.png", "run.svg")
WEEKS_A_YEAR = 52
TELLING = (
    "organisations_committed",
    "trust",
    "leader_hours",
    "patient_benefit",
)
# With these the run is no longer the one that `--from` names.
OTHERWISE = ("scenario", "tactic", "set_", "weeks", "seed", "replicate", "schedule")


@click.command(
    cls=Command,
    examples=(
        "syslead run",
        "syslead run tiny --tactic seeding=0.5 --tactic others_shoes=0.5 --tactic forgoing_credit",
        "syslead run ics-small --set pressure.finance=0.65 --out results/tight-money",
    ),
    writes="Nothing, unless --out names a new folder: run.json, weekly.csv, run.png and run.svg are written there.",
    next_steps=(
        "syslead describe seeding      what a tactic does, costs, and how it fails",
        "syslead sweep tactics --out results/tactics      the same question with many runs, and intervals",
    ),
)
@click.argument("scenario", default="ics-small", shell_complete=completion.scenario)
@option("--tactic", metavar="NAME[=SHARE]", multiple=True, heading=MODEL, shell_complete=completion.tactic,
        help="A tactic, with its share of the leaders' time or its degree (1). Repeat for a mix.")  # fmt: skip
@option("--set", "set_", metavar="NAME=VALUE", multiple=True, heading=MODEL, shell_complete=completion.setting,
        help="A parameter, by name (syslead params). Repeat for more.")  # fmt: skip
@option("--schedule", type=click.Path(path_type=Path), heading=MODEL,
        help="TOML file of [[schedule]] tables: `week`, and the `tactics` and `settings` from then on.")  # fmt: skip
@option("--weeks", type=int, default=260, show_default=True, heading=LUCK, help="How long to run.")
@option("--seed", type=int, default=1, show_default=True, heading=LUCK, help="Whose luck.")
@option("--replicate", type=int, default=0, show_default=True, heading=LUCK, help="Which luck of that seed.")
@option("--engine", default="compiled", show_default=True, metavar="agents|compiled", heading=MODEL,
        help="The readable engine or the fast one: the same results, bit for bit.")  # fmt: skip
@option("--allow-large", is_flag=True, heading=MODEL, help="Lift the limit on the number of staff.")
@option("--from", "source", metavar="DIR", type=click.Path(path_type=Path), heading=LUCK,
        help="Repeat a run of the sweep in this folder, bit for bit.")  # fmt: skip
@option("--run", "number", type=int, metavar="ID", heading=LUCK, help="Which run of --from.")
@option("--accept-changes", is_flag=True, heading=LUCK,
        help="Repeat it although sources, inputs or versions differ; it may then be another run.")  # fmt: skip
@option("--out", type=click.Path(path_type=Path), metavar="DIR", heading=RESULTS, help="New folder for the results.")
@option("--overwrite", is_flag=True, heading=RESULTS, help="Replace the results of an earlier run in that folder.")
@as_json
@click.pass_context
def run(ctx: click.Context, /, **options: Any) -> None:
    """Run the model once and sum up what happened.

    SCENARIO is the name of a health economy (syslead list scenarios) or the path of a TOML file that describes one.
    """
    request = _request(ctx, options)
    out = options["out"]
    if out is not None:
        _check_free(out, options["overwrite"])
    compiling.first(request.engine)
    import simulation

    result = simulation.run(request)
    content = document(_content(request, result))
    if out is not None:
        _write(out, request, result, content)
    terminal.show(content if options["as_json"] else _summary(request, result))
    if out is not None:
        terminal.note(f"Written: {', '.join(str(out / name) for name in FILES)}")


def _request(ctx: click.Context, options: dict[str, Any]) -> Request:
    if (options["source"] is None) != (options["number"] is None):
        raise click.UsageError("`--from DIR` and `--run ID` belong together.", ctx)
    if options["source"] is not None:
        return _repeated(ctx, options)
    return request_options.asked(options)


def _repeated(ctx: click.Context, options: dict[str, Any]) -> Request:
    given = [name for name in OTHERWISE if ctx.get_parameter_source(name) != click.core.ParameterSource.DEFAULT]
    if given:
        names = ", ".join(f"--{name.rstrip('_')}" if name != "scenario" else "SCENARIO" for name in given)
        raise click.UsageError(f"`--from` repeats a run as it was, so it cannot go with {names}.", ctx)
    request = request_options.repeated(options)
    if ctx.get_parameter_source("engine") != click.core.ParameterSource.DEFAULT:
        request = request._replace(engine=options["engine"])
    return request_options.checked(request, [], allow_large=True)


def _check_free(out: Path, overwrite: bool) -> None:
    from experiments.store.errors import NotWritable

    if out.exists() and not out.is_dir():
        raise NotWritable(f"{out} is a file, not a folder.")
    names = {entry.name for entry in out.iterdir()} if out.is_dir() else set()
    if names - set(FILES):
        raise NotWritable(f"{out} holds {sorted(names - set(FILES))[0]!r}, which is not from a run; name a new folder.")
    if names and not overwrite:
        raise NotWritable(f"{out} holds the results of an earlier run; name a new folder, or add --overwrite.")


def _content(request: Request, result: Result) -> dict[str, Any]:
    return {
        "weeks": list(range(len(result.adopted_share))),
        "adopted_share": result.adopted_share,
        "declared_share": result.declared_share,
        "observables": result.observables,
        "by_tier": result.by_tier,
        "by_kind": result.by_kind,
        "by_profession": result.by_profession,
        "conversations": result.conversations,
        "request": request._asdict(),
        "caveat": "A model of a theory, not a forecast.",
    }


def _write(out: Path, request: Request, result: Result, content: str) -> None:
    from experiments.figures import draw, sheet
    from experiments.store.folder import writing

    out.mkdir(parents=True, exist_ok=True)
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(["week", "adopted_share", "declared_share"])
    rows.writerows(
        zip(
            range(len(result.adopted_share)), result.adopted_share.tolist(), result.declared_share.tolist(), strict=True
        )
    )
    for name, words in (("run.json", content), ("weekly.csv", table.getvalue())):
        with writing(out / name) as file:
            file.write(words.encode())
    picture = draw.run_picture(result.adopted_share, result.declared_share, result.by_organisation, _made(request))
    sheet.save(picture, out, "run")


def _made(request: Request) -> str:
    """How a run was made, in a line."""
    words = [Path(request.scenario).stem, f"seed {request.seed}", f"replicate {request.replicate}"]
    mix = ", ".join(f"{name} {share:g}" for name, share in request.tactics.items()) or "no leader"
    changes = [f"{name} {value}" for name, value in request.settings.items()]
    changes += [f"{len(request.schedule)} scheduled changes"] if request.schedule else []
    return "; ".join([", ".join(words), mix, *([", ".join(changes)] if changes else [])])


def _summary(request: Request, result: Result) -> str:
    columns = terminal.width()
    weeks = len(result.adopted_share) - 1
    moments = {0: "start", **{WEEKS_A_YEAR * y: f"year {y}" for y in (1, 2, 5) if WEEKS_A_YEAR * y <= weeks}}
    moments.setdefault(weeks, f"week {weeks}")
    table = [
        text.Column("", "share of staff, %", ["have adopted", "say they have"], left=True),
        *(
            text.Column(
                "", label, [f"{100 * line[week]:.1f}" for line in (result.adopted_share, result.declared_share)]
            )
            for week, label in moments.items()
        ),
    ]
    lines = [*text.wrapped(_made(request), columns), "", *text.fitted(table, columns)[0], ""]
    lines += text.listed(_told(result), columns)
    return "\n".join([*lines, "", "One run of a model of a theory, not a forecast."])


def _told(result: Result) -> list[tuple[str, str]]:
    from simulation import catalogue

    known = catalogue.observables()
    weeks = [result.observables.get(f"weeks_to_{share}") for share in (10, 50, 90)]
    reached = ", ".join("never" if week is None else f"{week:.0f}" for week in weeks)
    told = [("weeks to 10, 50, 90 %", reached)]
    for name in TELLING:
        value = result.observables.get(name)
        if name in known and value is not None:
            told.append((name.replace("_", " "), _amount(value, known[name].unit)))
    return told


def _amount(value: float, unit: str) -> str:
    if unit.startswith("share of"):
        return f"{100 * value:.0f} %{unit.removeprefix('share')}"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


COMMANDS = (run,)

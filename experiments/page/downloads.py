"""What a run leaves to take away: its table, the command that gives it again, its schedule, the session."""

import csv
import io
import json
import shlex
from typing import Any

from experiments.page.elements import SIDES, note
from experiments.page.tab.session import Session
from experiments.page.tab.session_file import open_in, saved
from experiments.page.vue.components import SessionOpener
from simulation.errors import Invalid
from simulation.page.arm import Arm
from simulation.page.curves import Series
from simulation.page.framework import component, html, solara
from simulation.request import Request
from simulation.story.names import TIER_LABELS


def command(request: Request, schedule: str = "schedule.toml") -> str:
    """Return the command line that gives a run again.

    >>> command(Request("tiny", {"seeding": 0.5}, {"leaders.ego": 0.9}, weeks=52))
    'syslead run tiny --tactic seeding=0.5 --set leaders.ego=0.9 --weeks 52 --seed 1'
    """
    words = ["syslead", "run", request.scenario, *(["--change", request.change] if request.change else [])]
    for name, share in request.tactics.items():
        words += ["--tactic", f"{name}={share:g}" if float(f"{share:g}") == share else f"{name}={share!r}"]
    for name, value in request.settings.items():
        words += ["--set", f"{name}={_plain(value)}"]
    words += ["--weeks", str(request.weeks), "--seed", str(request.seed)]
    if request.replicate:
        words += ["--replicate", str(request.replicate)]
    if request.schedule:
        words += ["--schedule", schedule]
    return shlex.join(words)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def schedule_file(request: Request) -> str:
    """Return a run's schedule as the TOML file that the command line reads.

    >>> print(schedule_file(Request(schedule=((4, {"settings": {"leaders.ego": 0.9}}),))), end="")
    [[schedule]]
    week = 4
    settings = { "leaders.ego" = 0.9 }
    """
    entries = []
    for week, changes in request.schedule:
        lines = ["[[schedule]]", f"week = {week}"]
        for key, table in changes.items():
            content = ", ".join(f"{json.dumps(name)} = {json.dumps(value)}" for name, value in table.items())
            lines.append(f"{key} = {{ {content} }}" if content else f"{key} = {{}}")
        entries.append("\n".join(lines) + "\n")
    return "\n".join(entries)


def table(arms: list[Arm]) -> str:
    """Return the weekly numbers of each arm as CSV, up to the week reached."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    kinds = Series(arms[0]).described()["kinds"]
    header = ["scenario", "seed", "arm", "week", "adopted_share", "declared_share"]
    header += [f"adopted_{label.lower().replace(' ', '_')}" for label in TIER_LABELS]
    header += [f"adopted_{entry['label'].lower().replace(' ', '_')}" for entry in kinds]
    header += ["trust", "conviction", "organisations_committed", "credit_taken", "credit_given", "leader_hours"]
    rows.writerow(header)
    for name, arm in zip(SIDES, arms, strict=False):
        rows.writerows([arm.request.scenario, arm.request.seed, name, *row] for row in _weekly(arm))
    return text.getvalue()


def _weekly(arm: Arm) -> list[list[float]]:
    record, curves = arm.world.record, Series(arm)
    curves.described()
    found = []
    for week in range(arm.week + 1):
        adopted = float(record.adopted[week].sum()) / curves.everyone
        found.append(
            [
                week,
                adopted,
                adopted + float(record.complying[week]) / curves.everyone,
                *(record.adopted[week] / curves.of_tier).tolist(),
                *curves.by_kind[week].tolist(),
                float(record.trust[week]) / curves.everyone,
                float(record.conviction[week]) / curves.everyone,
                float(record.committed[week]) / len(arm.world.organisations),
                float(record.credit_taken[week]),
                float(record.credit_given[week]),
                float(record.hours[week]),
            ]
        )
    return found


@component
def Downloads(session: Session, tick: int) -> Any:
    """Offer the table, the command and the session."""
    base = f"{session.drafts[0].scenario.split('/')[-1].removesuffix('.toml')}-seed-{session.drafts[0].seed}"
    with solara.Div(classes=["sy-tab"]):
        html("h2", "Keep this run")
        note(f"The weekly table up to week {session.week}. Pictures are saved with the buttons above each of them.")
        solara.FileDownload(lambda: table(session.arms).encode(), filename=f"{base}.csv", label="Table (CSV)")
        for number, arm in enumerate(session.arms):
            _commands(arm.request, SIDES[number] if len(session.arms) == 2 else "")
        SessionFile(session, tick)
        note("What can be done by key is told behind the question mark above.")


def _commands(request: Request, side: str) -> None:
    """Show how the same run is made elsewhere."""
    name = f"schedule{'-' + side if side else ''}.toml"
    html("h3", f"The same run{', ' + side + ' arm' if side else ''}, elsewhere")
    html("div", command(request, name), "sy-command")
    if request.schedule:
        note("Levers were pulled on the way; the command reads them from this file:")
        html("div", schedule_file(request), "sy-command")
        solara.FileDownload(lambda: schedule_file(request).encode(), filename=name, label=name)


@component
def SessionFile(session: Session, tick: int) -> Any:
    """Save the session to a file, or open one."""

    def open_file(text: str) -> None:
        try:
            open_in(session, text)
        except Invalid as error:
            session.refuse(error.problems)

    with solara.Div():
        html("h3", "The session: runs, levers pulled, prediction, notes")
        with solara.Div(classes=["sy-row"]):
            solara.FileDownload(
                lambda: saved(session).encode(), filename="workshop-session.json", label="Save the session"
            )
            SessionOpener(event_opened=open_file)

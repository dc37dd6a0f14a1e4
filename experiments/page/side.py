"""The right side of the page: curves, one organisation, what changed, the workshop, and what can be kept."""

import json
from typing import Any

from experiments.analysis.parameters.differences import Difference, differences
from experiments.analysis.writing import lowered
from experiments.page.downloads import Downloads
from experiments.page.elements import arm_chooser, arm_labels, bar, note
from experiments.page.tab.session import Session
from experiments.page.vue.components import Choice
from experiments.page.workshop.drawn.covered import way_back
from experiments.page.years import fan_of
from simulation.page.comparison import Parting, partings
from simulation.page.components import StaffNetwork
from simulation.page.drawn import DrawnCurves
from simulation.page.framework import Markup, component, html, markup, solara, toggle
from simulation.page.organisation import gate_in_words, pressures, staff_network, story

NO_PROOF = (
    "A first trace is what happened first in one arm only. It may be the cause, or have the same cause, or neither: it "
    "is no proof."
)
TABS = ("Curves", "Organisation", "What changed", "Keep")


@component
def Side(session: Session, tick: int, side: Any, chosen: Any) -> Any:
    """Show one of the tabs."""
    with solara.Div(classes=["sy-stack"]):
        way_back(session)
        with solara.Div(classes=["sy-tabs"]):
            for name in TABS:
                if name != "What changed" or len(session.drafts) == 2:
                    toggle(name, side.value == name, lambda name=name: side.set(name)).key(name)
        if session.arms:
            _tab(session, tick, side, chosen)


def _tab(session: Session, tick: int, side: Any, chosen: Any) -> None:
    if side.value == "Organisation":
        OrganisationTab(session, tick, chosen).key("organisation")
    elif side.value == "What changed" and len(session.arms) == 2:
        ChangedTab(session, tick, chosen, side).key("changed")
    elif side.value == "Keep":
        Downloads(session, tick).key("keep")
    else:
        CurvesTab(session, tick).key("curves")


@component
def CurvesTab(session: Session, tick: int) -> Any:
    """Draw the curves of every arm, and behind them those of other runs of the same, once all have come."""
    draft, seen = session.drafts[0], session.futures.seen()
    shown = seen.is_whole and len(seen.arms) == len(session.arms) and not session.workshop.is_covering
    behind = solara.use_memo(
        lambda: json.dumps(fan_of(seen)) if shown else "", [shown, *seen.arms] if shown else [shown]
    )
    with solara.Div(classes=["sy-tab", "sy-whole"]), solara.Div(classes=["sy-fill"]):
        DrawnCurves(
            session.arms,
            session.week,
            name=f"{draft.scenario}-seed-{draft.seed}",
            caption=session.caption,
            names=arm_labels(session),
            futures_text=behind,
        )


@component
def OrganisationTab(session: Session, tick: int, chosen: Any) -> Any:
    """Show one organisation close up, in each arm."""
    side = solara.use_reactive(0)
    arm = session.arms[min(side.value, len(session.arms) - 1)]
    names = arm.names
    with solara.Div(classes=["sy-tab"]):
        _choice(names, chosen)
        if not 0 <= chosen.value < len(names):
            note(
                "Click an organisation in the picture, or choose one here, to see its staff, the pressures on it, and its "
                "story in words."
            )
            _latest(arm)
            return
        arm_chooser(session, side)
        _close_up(arm, chosen.value)


def _choice(names: list[str], chosen: Any) -> None:
    if len(names) <= 2000:
        at = chosen.value if 0 <= chosen.value < len(names) else -1
        Choice(words="Organisation", names=names, at=at, event_chosen=lambda number: chosen.set(int(number)))


def _close_up(arm: Any, organisation: int) -> None:
    share = arm.world.organisations["adopted_share"][organisation]
    staff = arm.described[organisation]["staff"]
    html("h2", f"{arm.names[organisation]}: {100 * share:.0f} % of {staff:,} staff have adopted")
    note(f"{gate_in_words(arm, organisation)}.")
    network = staff_network(arm, organisation)
    html("h3", f"Staff by tier and stage ({network['title']})")
    StaffNetwork(network_text=json.dumps(network))
    html("h3", "Pressures, and what helps (0 to 1; cost and gain 0 to 2)")
    html("div", [bar(*pressure) for pressure in pressures(arm, organisation)])
    html("h3", "Its story, the newest first")
    html("div", _story(story(arm, organisation)), "sy-story")


def _story(lines: list[tuple[int, str, bool]]) -> list[Markup]:
    template = "<span class='sy-when'>{when}</span><span class='{weight}'>{words}</span>"
    return [
        markup(template, when=f"week {week}", weight="sy-weighty" if weighty else "", words=words)
        for week, words, weighty in lines
    ] or [markup(template, when="", weight="", words="Nothing yet.")]


def _latest(arm: Any) -> None:
    html("h3", "Latest everywhere")
    lines = [
        (m.week, (f"{arm.names[m.organisation]}: " if m.organisation >= 0 else "") + m.words, False)
        for m in arm.teller.latest(28)
    ]
    html("div", _story(lines), "sy-story")


@component
def ChangedTab(session: Session, tick: int, chosen: Any, side: Any) -> Any:
    """List what differs between the arms, where, since when and through whom."""
    left, right = session.arms
    found = solara.use_memo(lambda: partings(left, right), [id(left), id(right), session.week])
    with solara.Div(classes=["sy-tab"]):
        html("h2", "What changed, and where it shows first")
        labels = arm_labels(session)
        _levers_of_both(differences(session.drafts[0], session.drafts[1]), labels)
        if not found:
            html("p", "No organisation's share differs so far.")
            return
        html("div", _table(found, labels))
        note(NO_PROOF)

        def choose(number: int) -> None:
            chosen.set(left.names.index(found[int(number)].name))
            side.set("Organisation")

        Choice(words="See one close up", names=[parting.name for parting in found], event_chosen=choose)


def _levers_of_both(differing: list[Difference], labels: list[str]) -> None:
    if not differing:
        note("The same random numbers, and nothing differs yet: pull a lever of one arm.")
        return
    cells = "<tr><td>{lever}</td><td>{left}</td><td>{right}</td></tr>"
    rows = [markup(cells, lever=lever, left=left, right=right) for lever, left, right, _ in differing]
    head = "<th>The same random numbers; levers that differ</th><th>{first}</th><th>{second}</th>"
    table = f"<table class='sy-changed sy-differ'><thead><tr>{head}</tr></thead><tbody>{{rows}}</tbody></table>"
    html("div", markup(table, first=labels[0], second=labels[1], rows=rows))


def _table(found: list[Parting], labels: list[str]) -> Markup:
    cells = "<tr><td>{name}</td><td class='n'>{left} %</td><td class='n'>{right} %</td><td class='n'>{week}</td><td>{through}</td></tr>"
    rows = [
        markup(
            cells, name=p.name, left=f"{100 * p.left:.0f}", right=f"{100 * p.right:.0f}", week=p.week, through=p.through
        )
        for p in found[:40]
    ]
    head = (
        "<th>Organisation</th><th>Adopted, {first}</th><th>Adopted, {second}</th><th>Differ since week</th>"
        "<th>First trace of it</th>"
    )
    table = f"<table class='sy-changed'><thead><tr>{head}</tr></thead><tbody>{{rows}}</tbody></table>"
    first, second = map(lowered, labels)
    return markup(table, first=first, second=second, rows=rows)

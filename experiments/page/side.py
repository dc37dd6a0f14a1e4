"""The right side of the page: curves, one organisation, what changed, the workshop, and what can be kept."""

import json
from collections.abc import Callable
from html import escape
from typing import Any

from experiments.page.downloads import Keep
from experiments.page.panels import SIDES
from experiments.page.tab.levers import differences
from experiments.page.tab.session import Session
from experiments.page.workshop_panel import WorkshopPanel
from simulation.page.comparison import Parting, partings
from simulation.page.components import CurvePanels, StaffNetwork
from simulation.page.curves import Curves, winters
from simulation.page.framework import component, solara, toggle
from simulation.page.organisation import gate_in_words, pressures, staff_network, story

CAVEAT = (
    "A first trace is what happened first in one arm only. It may be the cause, or have the same cause, or neither: it "
    "is no proof."
)
TABS = ("Curves", "Organisation", "What changed", "Workshop", "Keep")


@component
def Side(session: Session, tick: int, side: Any, chosen: Any) -> Any:
    """Show one of the tabs."""
    with solara.Div(classes=["sy-stack"]):
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
    elif side.value == "Workshop":
        WorkshopPanel(session, tick).key("workshop")
    elif side.value == "Keep":
        Keep(session, tick).key("keep")
    else:
        CurvesTab(session, tick).key("curves")


@component
def CurvesTab(session: Session, tick: int) -> Any:
    """Draw the curves of every arm."""
    arms = session.arms
    known = solara.use_memo(lambda: [Curves(arm) for arm in arms], [*(id(arm) for arm in arms)])
    described = solara.use_memo(lambda: [json.dumps(curves.described()) for curves in known], [id(known), session.week])
    peak = int(arms[0].phase().groups["pressure"].winter_peak)
    with solara.Div(classes=["sy-tab", "sy-whole"]), solara.Div(classes=["sy-fill"]):
        CurvePanels(
            left_text=described[0],
            right_text=described[1] if len(described) == 2 else "",
            weeks=session.weeks,
            winters=winters(peak, session.weeks),
            prediction=session.workshop.shown(),
            name=f"{session.drafts[0].scenario}-seed-{session.drafts[0].seed}",
            caption=session.caption,
        )


@component
def OrganisationTab(session: Session, tick: int, chosen: Any) -> Any:
    """Show one organisation close up, in each arm."""
    side = solara.use_reactive(0)
    arm = session.arms[min(side.value, len(session.arms) - 1)]
    names = [name for name, _ in arm.names]
    with solara.Div(classes=["sy-tab"]):
        _choice(names, chosen)
        if not 0 <= chosen.value < len(names):
            solara.HTML(
                tag="p",
                classes=["sy-note"],
                unsafe_innerHTML="Click an organisation in the picture, or choose one here: its staff, what presses "
                "on it, and its story in words.",
            )
            _latest(arm, chosen.set)
            return
        if len(session.arms) == 2:
            with solara.Div(classes=["sy-row"]):
                for number, name in enumerate(SIDES):
                    toggle(name.capitalize(), side.value == number, lambda number=number: side.set(number))
        _close_up(arm, chosen.value)


def _choice(names: list[str], chosen: Any) -> None:
    if len(names) <= 2000:
        solara.Select(
            "Organisation",
            values=names,
            value=names[chosen.value] if 0 <= chosen.value < len(names) else None,
            on_value=lambda name: chosen.set(names.index(name)),
            dense=True,
        )


def _close_up(arm: Any, organisation: int) -> None:
    share = arm.world.organisations["adopted_share"][organisation]
    staff = arm.described[organisation]["staff"]
    title = f"{arm.names[organisation][0]}: {100 * share:.0f} % of {staff:,} staff have adopted"
    solara.HTML(tag="h2", unsafe_innerHTML=escape(title))
    solara.HTML(tag="p", classes=["sy-note"], unsafe_innerHTML=escape(gate_in_words(arm, organisation)) + ".")
    network = staff_network(arm, organisation)
    solara.HTML(tag="h3", unsafe_innerHTML=f"Staff by tier and stage ({network['title']})")
    StaffNetwork(network_text=json.dumps(network))
    solara.HTML(tag="h3", unsafe_innerHTML="What presses, and what helps (0 to 1; cost and gain 0 to 2)")
    bars = "".join(
        f"<div class='sy-bar'><span>{label}</span><i><b style='width:{100 * part:.0f}%'></b></i><span>{words}</span></div>"
        for label, part, words in pressures(arm, organisation)
    )
    solara.HTML(tag="div", unsafe_innerHTML=bars)
    solara.HTML(tag="h3", unsafe_innerHTML="Its story, the newest first")
    solara.HTML(tag="div", classes=["sy-story"], unsafe_innerHTML=_lines(story(arm, organisation)))


def _lines(told: list[tuple[int, str, bool]]) -> str:
    if not told:
        return "<span class='sy-when'></span><span>Nothing yet.</span>"
    return "".join(
        f"<span class='sy-when'>week {week}</span><span class='{'sy-weighty' if weighty else ''}'>{escape(words)}</span>"
        for week, words, weighty in told
    )


def _latest(arm: Any, choose: Callable[[int], None]) -> None:
    moments = arm.teller.latest(28)
    solara.HTML(tag="h3", unsafe_innerHTML="Latest everywhere")
    told = [
        (m.week, (f"{arm.names[m.organisation][0]}: " if m.organisation >= 0 else "") + m.words, False) for m in moments
    ]
    solara.HTML(tag="div", classes=["sy-story"], unsafe_innerHTML=_lines(told))


@component
def ChangedTab(session: Session, tick: int, chosen: Any, side: Any) -> Any:
    """List what differs between the arms, where, since when and through whom."""
    left, right = session.arms
    found = solara.use_memo(lambda: partings(left, right), [id(left), id(right), session.week])
    with solara.Div(classes=["sy-tab"]):
        solara.HTML(tag="h2", unsafe_innerHTML="What changed, and where it shows first")
        _levers_of_both(differences(session.drafts[0], session.drafts[1]))
        if not found:
            solara.HTML(tag="p", unsafe_innerHTML="No organisation's share differs so far.")
            return
        solara.HTML(tag="div", unsafe_innerHTML=_table(found))
        solara.HTML(tag="p", classes=["sy-note"], unsafe_innerHTML=CAVEAT)

        def choose(name: str) -> None:
            chosen.set([name for name, _ in left.names].index(name))
            side.set("Organisation")

        solara.Select(
            "See one close up", values=[parting.name for parting in found], value=None, on_value=choose, dense=True
        )


def _levers_of_both(found: list[tuple[str, str, str]]) -> None:
    if not found:
        words = "The same luck, and nothing differs yet: pull a lever of one arm."
        solara.HTML(tag="p", classes=["sy-note"], unsafe_innerHTML=words)
        return
    rows = "".join(
        f"<tr><td>{escape(lever)}</td><td>{escape(left)}</td><td>{escape(right)}</td></tr>"
        for lever, left, right in found
    )
    head = "<tr><th>The same luck; levers that differ</th><th>Left</th><th>Right</th></tr>"
    solara.HTML(
        tag="div",
        unsafe_innerHTML=f"<table class='sy-changed sy-differ'><thead>{head}</thead><tbody>{rows}</tbody></table>",
    )


def _table(found: list[Parting]) -> str:
    rows = "".join(
        f"<tr><td>{escape(p.name)}</td><td class='n'>{100 * p.left:.0f} | {100 * p.right:.0f} %</td>"
        f"<td class='n'>{p.week}</td><td>{escape(p.through)}</td></tr>"
        for p in found[:40]
    )
    return (
        "<table class='sy-changed'><thead><tr><th>Organisation</th><th>Adopted, left | right</th><th>Differ since week</th>"
        f"<th>First trace of it</th></tr></thead><tbody>{rows}</tbody></table>"
    )

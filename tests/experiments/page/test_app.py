"""The page without a browser: what it shows and what its buttons do."""

import json
import time
from collections.abc import Iterator
from typing import Any

import ipyvuetify
import pytest
from sessions import SMALL

from experiments.page.app import Page, opening_request
from simulation.page.framework import solara


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("SYSLEAD_VIEW", json.dumps(SMALL._asdict()))
    _, context = solara.render(Page(answers=False), handle_error=False)
    yield context
    context.close()


def button(page: Any, label: str) -> Any:
    found = [b for b in page.find(ipyvuetify.Btn).widgets if b.children and str(b.children[-1]) == label]
    assert found, f"no button {label!r}"
    return found[0]


def component(page: Any, trait: str) -> Any:
    """Return the Vue component that has a property of this name."""
    found = [w for w in page.find(ipyvuetify.VuetifyTemplate).widgets if w.has_trait(trait)]
    assert found, f"no component with {trait!r}"
    return found[0]


def week_of(page: Any) -> int:
    week: int = json.loads(component(page, "frame_text").frame_text)["week"]
    return week


def words(page: Any) -> str:
    return " ".join(str(getattr(w, "unsafe_innerHTML", w.children)) for w in page.find(ipyvuetify.Html).widgets)


def said(page: Any) -> str:
    return " ".join(str(w.children) for w in page.find(ipyvuetify.Html).widgets)


def test_the_page_says_that_it_is_no_forecast(page):
    assert "A model of a theory, not a forecast" in words(page)


def test_a_step_is_a_week(page):
    button(page, "Step").click()
    button(page, "Step").click()
    assert week_of(page) == 2
    news = json.loads(component(page, "left_text").left_text)
    assert (news["from"], news["at"]) == (2, [2])


def test_reset_goes_back_to_the_start(page):
    button(page, "Step").click()
    button(page, "Reset").click()
    assert week_of(page) == 0


def test_playing_ends_in_the_last_week(page):
    for _ in range(5):
        speed = next(b for b in page.find(ipyvuetify.Btn).widgets if b.children and "weeks/s" in str(b.children[-1]))
        if str(speed.children[-1]) == "100 weeks/s":
            break
        speed.click()
    button(page, "▶ Play").click()
    for _ in range(300):
        if week_of(page) == SMALL.weeks:
            break
        time.sleep(0.05)
    assert week_of(page) == SMALL.weeks
    assert button(page, "Step").attributes["aria-disabled"] == "true"


def test_every_tab_can_be_opened(page):
    for tab in ("Organisation", "Workshop", "Write it down", "Go", "Five years at once", "Leave the workshop"):
        button(page, tab).click()
    for tab in ("Week by week", "Keep", "Curves"):
        button(page, tab).click()
    button(page, "Compare").click()
    button(page, "What changed").click()
    assert "pull a lever of one arm" in words(page)


def test_a_workshop_leads_from_a_prediction_to_a_debrief(page):
    component(page, "text")._event_callbacks["found"]("")
    button(page, "Workshop").click()
    shares = [[0.1, 0.2, 0.3, 0.4, 0.5]]
    component(page, "board_text")._event_callbacks["predicted"](shares)
    component(page, "button")._event_callbacks["named"]("North")
    component(page, "button")._event_callbacks["named"]("north")
    assert "There is a group called north already" in said(page)
    button(page, "Write it down").click()
    assert "hours for this in 60 weeks" in words(page)
    choices = component(page, "levers_text")
    choices._event_callbacks["chosen"]({"name": "When are they spent?", "stop": 1})
    assert f"which end in week {SMALL.weeks // 2}" in words(page)
    button(page, "Go").click()
    button(page, "Watch one run first").click()
    component(page, "date")._event_callbacks["jumped"](3)
    button(page, "Back to the workshop").click()
    component(page, "board_text")._event_callbacks["predicted"]([[0.9] * 5])
    assert json.loads(component(page, "board_text").board_text)["groups"][0]["lines"] == shares
    button(page, "Reveal").click()
    button(page, "Debrief").click()
    component(page, "asked")._event_callbacks["written"]("So it was.")
    assert "So it was." in component(page, "text").text


def test_a_click_on_an_organisation_shows_its_staff(page):
    button(page, "Step").click()
    picture = component(page, "frame_text")
    picture._event_callbacks["picked"](0)
    assert json.loads(component(page, "network_text").network_text)["people"]
    assert "staff have adopted" in words(page)


def test_reset_asks_before_it_forgets_what_was_pulled(page):
    button(page, "Step").click()
    button(page, "All levers …").click()
    component(page, "arm")._event_callbacks["moved"]({"kind": "setting", "name": "leaders.hours", "value": 60})
    button(page, "Step").click()
    button(page, "Reset").click()
    assert week_of(page) == 2
    assert "week 1" in component(page, "yes").words
    component(page, "yes")._event_callbacks["answered"](False)
    assert week_of(page) == 2
    assert component(page, "yes").words == ""
    button(page, "Reset").click()
    component(page, "yes")._event_callbacks["answered"](True)
    assert week_of(page) == 0


def test_a_page_goes_on_with_what_its_tab_kept(page, monkeypatch):
    component(page, "text")._event_callbacks["found"]("")
    component(page, "date")._event_callbacks["jumped"](7)
    kept = component(page, "text").text
    _, again = solara.render(Page(answers=False), handle_error=False)
    component(again, "text")._event_callbacks["found"](kept)
    assert week_of(again) == 7
    component(again, "text")._event_callbacks["found"]("kept by nobody")
    assert week_of(again) == 7
    again.close()


def test_two_pages_are_two_runs(monkeypatch):
    monkeypatch.setenv("SYSLEAD_VIEW", json.dumps(SMALL._asdict()))
    _, one = solara.render(Page(answers=False), handle_error=False)
    _, two = solara.render(Page(answers=False), handle_error=False)
    button(one, "Step").click()
    assert week_of(one) == 1
    assert week_of(two) == 0
    one.close()
    two.close()


def test_the_page_opens_with_what_the_command_line_asked_for(monkeypatch):
    request = SMALL._replace(schedule=((4, {"settings": {"leaders.ego": 0.9}}),))
    monkeypatch.setenv("SYSLEAD_VIEW", json.dumps(request._asdict()))
    assert opening_request() == request

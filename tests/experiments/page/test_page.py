"""The page without a browser: what it runs, says, draws and keeps."""

import json
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

pytest.importorskip("solara", reason="the page needs the extra `viz`")

import ipyvuetify

from experiments.commands import assignments
from experiments.design.schedule import read_schedule
from experiments.page.app import Page, opening_request
from experiments.page.downloads import command, schedule_file, table
from experiments.page.tab.levers import differences, parameter_levers, tactic_levers
from experiments.page.tab.questions import BUNDLE, QUESTIONS, requests_of
from experiments.page.tab.session import Session
from experiments.page.tab.session_file import open_in, saved
from experiments.page.tab.workshop import PREDICT, RUN, error_of
from simulation import catalogue
from simulation.entities import NOT_THIS_WEEK
from simulation.errors import Invalid
from simulation.page.arm import Arm
from simulation.page.comparison import partings
from simulation.page.curves import Curves
from simulation.page.framework import solara
from simulation.page.layout import LANDSCAPE, PORTRAIT
from simulation.page.organisation import gate_in_words, pressures, staff_network, story
from simulation.page.picture import TACTIC_MARKS, _marks, frame, legend, scene, talks_in_words
from simulation.page.story import EVERYONE, Moment, Teller
from simulation.request import Request
from simulation.results import run

SMALL = Request("tiny", {"seeding": 0.5, "others_shoes": 0.5, "forgoing_credit": 1.0}, {}, weeks=60)


def opened_session(request: Request = SMALL) -> Session:
    session = Session(request, lambda: None, answers=False)
    session.open()
    return session


@pytest.fixture
def session() -> Iterator[Session]:
    session = opened_session()
    yield session
    session.close()


def trajectory(arm: Arm) -> np.ndarray:
    everyone = int(arm.world.staff["weight"].sum())
    return arm.world.record.adopted.sum(axis=1) / everyone


# The page


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


def test_the_page_says_that_it_is_no_forecast(page):
    assert "A model of a theory, not a forecast" in words(page)


def test_a_step_is_a_week(page):
    button(page, "Step").click()
    button(page, "Step").click()
    assert week_of(page) == 2
    assert json.loads(component(page, "left_text").left_text)["at"] == [0, 1, 2]


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
    assert button(page, "Step").disabled


def test_every_tab_can_be_opened(page):
    for tab in ("Organisation", "Workshop", "2 Run", "3 Reveal and debrief", "Keep", "Curves"):
        button(page, tab).click()
    button(page, "Compare").click()
    button(page, "What changed").click()
    assert "pull a lever of one arm" in words(page)


def test_the_workshop_says_since_when_the_budget_is_used_up(page):
    component(page, "levers_text")._event_callbacks["moved"]({"kind": "setting", "name": "leaders.hours", "value": 60})
    button(page, "Workshop").click()
    button(page, "2 Run").click()
    button(page, "500").click()
    assert "used up" not in words(page)
    component(page, "date")._event_callbacks["jumped"](SMALL.weeks)
    assert "The budget has been used up since week " in words(page)
    button(page, "Reset").click()
    assert "used up" not in words(page)
    assert "Nobody has led" in words(page)
    button(page, "Step").click()
    assert " h</span>" in words(page)


def test_a_click_on_an_organisation_shows_its_staff(page):
    button(page, "Step").click()
    picture = component(page, "frame_text")
    picture._event_callbacks["picked"](0)
    assert json.loads(component(page, "network_text").network_text)["people"]
    assert "staff have adopted" in words(page)


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


# Runs


def test_the_page_gives_exactly_the_run_of_the_command_line(session):
    session.jump(20)
    session.set_parameter(0, "leaders.ego", 0.9)
    session.set_tactic(0, "seeding", 0.0)
    session.jump(33)
    session.set_tactic(0, "patient_voice", 0.3)
    session.jump(SMALL.weeks)
    request = session.arms[0].request
    assert [week for week, _ in request.schedule] == [20, 33]
    assert np.array_equal(run(request).adopted_share, trajectory(session.arms[0]))


def test_a_lever_that_describes_the_start_waits_for_reset(session):
    session.jump(5)
    session.set_parameter(0, "population.ego", 0.8)
    assert session.pending == [{"population.ego"}]
    assert session.arms[0].request.settings == {}
    session.reset()
    assert session.pending == [set()]
    assert session.arms[0].request.settings == {"population.ego": 0.8}
    assert session.arms[0].request.schedule == ()


def test_a_lever_that_waits_is_kept_when_going_back_and_waits_no_more_when_moved_back(session):
    session.jump(5)
    session.set_parameter(0, "population.ego", 0.8)
    session.jump(2)
    assert session.pending == [{"population.ego"}]
    assert session.drafts[0].settings == {"population.ego": 0.8}
    session.replay()
    assert session.pending == [{"population.ego"}]
    assert session.arms[0].request.settings == {}
    session.jump(3)
    session.set_parameter(0, "population.ego", catalogue.parameters()["population.ego"].default)
    assert session.pending == [set()]


def test_before_the_first_week_every_lever_works_at_once(session):
    session.set_parameter(0, "population.ego", 0.8)
    session.set_tactic(0, "coalition", 1.0)
    assert session.arms[0].request.settings == {"population.ego": 0.8}
    assert session.arms[0].request.tactics["coalition"] == 1.0
    assert session.arms[0].request.schedule == ()


def test_an_impossible_lever_changes_nothing_and_is_told(session):
    session.set_parameter(0, "leaders.ego", 7.0)
    assert "leaders.ego" in session.problems[0]
    assert session.drafts[0].settings == {}


@pytest.mark.parametrize("words", ["2.7", "1e3", "many", "9" * 5000])
def test_a_seed_that_is_no_number_is_refused_and_said_until_the_next_action(session, words):
    session.set_number("seed", words)
    assert session.refused == 1
    assert session.drafts[0].seed == SMALL.seed
    assert session.problems
    session.step()
    assert session.problems == []
    assert session.week == 1


def test_the_question_shown_is_the_one_that_is_set():
    session = opened_session()
    session.use(requests_of(QUESTIONS["4"], SMALL), "4")
    assert session.asked == "4"
    session.jump(4)
    assert session.asked == "4"
    session.set_parameter(1, "leaders.ego", 0.9)
    assert session.asked == ""
    session.use(requests_of(QUESTIONS["4"], SMALL), "4")
    session.compare(False)
    assert session.asked == ""


def test_going_back_gives_the_same_weeks_again(session):
    session.jump(30)
    session.set_parameter(0, "leaders.hours", 6.0)
    session.jump(50)
    before = trajectory(session.arms[0])[:41]
    session.jump(40)
    assert session.week == 40
    assert np.array_equal(trajectory(session.arms[0])[:41], before)
    assert session.drafts[0].settings["leaders.hours"] == 6.0


def test_levers_follow_a_replay(session):
    session.jump(10)
    session.set_parameter(0, "leaders.ego", 0.9)
    session.replay()
    assert session.drafts[0].settings == {}
    session.jump(10)
    assert session.drafts[0].settings == {"leaders.ego": 0.9}


def test_what_was_asked_for_before_never_moves_the_new_run(session):
    turn = session._turn
    session.reset()
    assert not session.live_a_week(turn)
    assert session.week == 0


def test_two_arms_without_a_difference_stay_equal(session):
    session.jump(10)
    session.compare(True)
    session.jump(40)
    left, right = session.arms
    assert np.array_equal(trajectory(left), trajectory(right))
    assert partings(left, right) == []


def test_two_arms_part_only_after_a_lever_was_pulled(session):
    session.jump(10)
    session.compare(True)
    session.set_parameter(1, "contagion.spontaneous", 0.2)  # certain to show in so small an economy
    session.jump(SMALL.weeks)
    left, right = session.arms
    found = partings(left, right)
    assert found
    assert all(parting.week > 10 for parting in found)
    assert np.array_equal(trajectory(left)[:11], trajectory(right)[:11])
    session.compare(False)
    assert len(session.arms) == 1


def test_the_budget_ends_the_hours_and_the_schedule_says_so(session):
    session.set_budget(30.0)
    session.jump(SMALL.weeks)
    spent = session.arms[0].world.record.hours[SMALL.weeks]
    a_week = np.diff(session.arms[0].world.record.hours).max()
    assert 30.0 <= spent <= 30.0 + a_week
    assert session.arms[0].request.schedule[0][1]["settings"] == {"leaders.hours": 0.0}


def test_a_spent_budget_does_not_touch_the_levers_nor_the_next_run(session):
    session.set_budget(30.0)
    session.jump(SMALL.weeks)
    assert "leaders.hours" not in session.drafts[0].settings
    first = trajectory(session.arms[0])
    for again in (session.reset, session.replay, lambda: session.set_world(weeks=SMALL.weeks)):
        again()
        assert session.drafts[0].settings == {}
        session.jump(SMALL.weeks)
        assert np.array_equal(first, trajectory(session.arms[0]))
    session.set_budget(None)
    session.reset()
    session.jump(SMALL.weeks)
    assert session.arms[0].world.record.hours[-1] > 60


def test_leaders_have_their_hours_again_once_the_limit_is_lifted(session):
    session.set_budget(30.0)
    session.jump(30)
    assert 0 < session.budget.spent_since(session.arms[0]) < 30
    session.set_budget(None)
    assert session.budget.spent_since(session.arms[0]) is None
    session.jump(50)
    hours = session.arms[0].world.record.hours[:51].copy()
    assert hours[50] > hours[30] == hours[29]
    session.jump(40)
    assert np.array_equal(session.arms[0].world.record.hours[:41], hours[:41])
    session.set_budget(30.0)
    session.jump(50)
    assert session.arms[0].world.record.hours[50] == hours[40]


def test_playing_stops_for_decisions(session):
    session.set_decisions(13)
    session.set_speed(100)
    session.play()
    for _ in range(400):
        if not session.playing:
            break
        time.sleep(0.02)
    assert session.week == 13


def test_another_seed_is_another_run(session):
    session.jump(SMALL.weeks)
    before = trajectory(session.arms[0])
    session.set_world(seed=2)
    session.jump(SMALL.weeks)
    assert not np.array_equal(before, trajectory(session.arms[0]))


def test_an_unknown_health_economy_leaves_the_run_as_it_is(session):
    session.set_world(scenario="atlantis")
    assert "atlantis" in session.problems[0]
    assert session.drafts[0].scenario == "tiny"


# The picture


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT])
@pytest.mark.parametrize("scenario", ["tiny", "ics-small"])
def test_organisations_never_lie_over_one_another_nor_outside(scenario, size):
    at = Arm(Request(scenario, weeks=1)).places(size)
    apart = np.hypot(at.x[:, None] - at.x, at.y[:, None] - at.y) - at.radius[:, None] - at.radius
    np.fill_diagonal(apart, 1.0)
    assert apart.min() > 0
    assert (at.x - at.radius).min() > 0
    assert (at.y - at.radius).min() > 0
    assert (at.x + at.radius).max() < size[0]
    assert (at.y + at.radius).max() < size[1]


def test_the_same_health_economy_is_drawn_the_same():
    one, two = Arm(SMALL), Arm(SMALL._replace(tactics={}))
    assert scene(one) == scene(two)


def test_what_is_sent_to_the_browser_is_plain_json(session):
    session.jump(12)
    arm = session.arms[0]
    sent = [scene(arm), frame(arm), Curves(arm).described(), staff_network(arm, 0), tactic_levers(SMALL)]
    assert json.loads(json.dumps(sent))


def test_the_frame_shows_the_state_of_the_week(session):
    session.jump(40)
    arm = session.arms[0]
    now = frame(arm)
    assert now["share"] == [round(100 * float(o["adopted_share"])) for o in arm.world.organisations]
    assert [gate == 2 for gate in now["gate"]] == [bool(o["committed"] >= 0) for o in arm.world.organisations]


def test_talks_are_those_of_the_week(session):
    session.jump(3)
    arm = session.arms[0]
    held = sum(talk.circles for talk in arm.talks)
    assert held == int((arm.world.bookings["when"] < NOT_THIS_WEEK).sum())
    assert {talk.tactic for talk in arm.talks} <= {"seeding", "others_shoes"}


def test_no_letters_stand_for_two_things():
    session = opened_session(Request("ics-small", {"seeding": 0.5, "coalition": 0.5}, {"leaders.number": 12}, weeks=20))
    session.jump(12)
    known = legend(session.arms)
    marks = [mark for mark, _ in known["kinds"] + known["tactics"]]
    marks += [leader["mark"] for leader in scene(session.arms[0])["leaders"]]
    assert len(set(marks)) == len(marks)
    organisations = [label for label in scene(session.arms[0])["labels"] if label]
    assert not set(organisations) & {f"L{number}" for number in range(1, 20)}
    assert [title for _, title in known["tactics"]] == ["A coalition of the willing", "Seeding an idea"]
    talks = " ".join(entry["words"] for entry in talks_in_words(session.arms[0], {"seeding": "Seeding an idea"}))
    assert "Seeding an idea (Se) – " in talks


def test_a_tactic_of_the_users_own_gets_letters_of_its_own():
    marks = _marks((*TACTIC_MARKS, "coaching", "cwm", "seesaw"))
    assert len(set(marks.values())) == len(marks)
    assert not {"Co", "Ca"} & set(marks.values())


# Stories


def test_the_story_tells_when_every_gate_opened():
    session = opened_session(Request("ics-small", BUNDLE, {"gates.delay": 2.0, "leaders.hours": 20.0}, weeks=104))
    session.jump(104)
    arm = session.arms[0]
    for o, organisation in enumerate(arm.world.organisations):
        told = [week for week, said, _ in story(arm, o, most=10_000) if said.startswith("the gate opens")]
        assert told == ([int(organisation["committed"]) + 1] if organisation["committed"] >= 0 else [])


def test_an_organisation_close_up_adds_up(session):
    session.jump(30)
    arm = session.arms[0]
    network = staff_network(arm, 0)
    o = arm.world.organisations[0]
    assert len(network["people"]) == int(o["end"] - o["first"])
    assert all(0 <= part <= 1 for _, part, _ in pressures(arm, 0))
    assert gate_in_words(arm, 0)


def test_a_story_tells_only_of_its_own_system():
    teller = Teller(Arm(SMALL).world, {})
    teller.world = SimpleNamespace(organisations={"system": np.array([0, 1])})
    teller.moments = [
        Moment(1, EVERYONE, "Leader 1 leaves the post", True, 0),
        Moment(2, EVERYONE, "Leader 2 leaves the post", True, 1),
        Moment(3, 1, "the gate opens", True),
    ]
    assert [moment.week for moment in teller.of(0)] == [1]
    assert [moment.week for moment in teller.of(1)] == [2, 3]


def test_each_person_drawn_says_for_how_many_staff_it_stands():
    titles = [staff_network(Arm(Request("ics-small", weeks=1)), o)["title"] for o in (0, 1)]
    assert titles == ["111 people, each standing for about 54", "44 people, each standing for about 45"]


# Levers and questions


def test_every_parameter_is_a_lever_once():
    shown = [
        lever["name"]
        for every in (False, True)
        for group in parameter_levers(SMALL, set(), every)
        for lever in group["levers"]
    ]
    assert sorted(shown) == sorted(catalogue.parameters())


def test_a_tactic_says_what_share_of_the_time_it_gets():
    def shares(request: Request) -> dict[str, float]:
        return {lever["name"]: lever["share"] for lever in tactic_levers(request)[0]["levers"] if lever["share"]}

    assert shares(SMALL._replace(tactics={"seeding": 0.5, "coalition": 1.0})) == pytest.approx(
        {"seeding": 1 / 3, "coalition": 2 / 3}
    )
    assert shares(SMALL._replace(tactics={"forgoing_credit": 1.0})) == {"plain_case": 1.0}


def test_every_slider_can_be_moved_finely_and_put_back():
    for group in parameter_levers(SMALL, set()):
        for lever in group["levers"]:
            if lever["kind"] in ("number", "integer"):
                assert lever["step"] <= max((lever["top"] - lever["low"]) / 8, 1.0), lever["name"]
                steps = (lever["default"] - lever["low"]) / lever["step"]
                assert steps == pytest.approx(round(steps), abs=1e-6), lever["name"]


def test_levers_that_differ_are_told_in_the_words_of_the_page():
    left, right = requests_of(QUESTIONS["4"], Request("ics-small"))
    assert differences(left, right) == [
        ("Week of its abolition", "never", "104"),
        ("What convenes the parts of a system", "none", "place with authority"),
    ]


def test_what_a_tactic_sets_is_told_too():
    told = differences(SMALL, SMALL._replace(tactics={**SMALL.tactics, "forgoing_credit": 0.0}))
    assert told[0] == ("Forgoing credit", "1", "0")
    assert len(told) > 1


def test_every_tactic_is_a_lever_once():
    shown = [lever["name"] for group in tactic_levers(SMALL) for lever in group["levers"]]
    assert sorted(shown) == sorted(catalogue.tactics())


@pytest.mark.parametrize("name", [name for name, question in QUESTIONS.items() if question.right])
def test_the_arms_of_every_question_differ_by_week_130(name):
    left, right = (run(request) for request in requests_of(QUESTIONS[name], Request("ics-small", weeks=130)))
    assert not np.array_equal(left.adopted_share, right.adopted_share)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_can_be_run(name):
    for request in requests_of(QUESTIONS[name], Request("tiny", weeks=260)):
        request.check()


# What is kept


def test_the_command_gives_the_same_request_again(tmp_path):
    request = Request(
        "tiny",
        {"seeding": 1 / 3, "payment": 1.0},
        {"leaders.ego": 0.9, "gates.approvals": 2, "convening.kind": "place", "training.on": True},
        weeks=52,
        seed=7,
        replicate=3,
        schedule=((4, {"tactics": {"seeding": 0.25}, "settings": {"leaders.ego": 0.1}}), (9, {"tactics": {}})),
    )
    file = tmp_path / "schedule.toml"
    file.write_text(schedule_file(request), encoding="utf-8")
    said = command(request, str(file)).split()
    tactics, _ = assignments.assigned([said[k + 1] for k, word in enumerate(said) if word == "--tactic"], "--tactic")
    settings, _ = assignments.assigned([said[k + 1] for k, word in enumerate(said) if word == "--set"], "--set")
    schedule = read_schedule(file)
    assert (tactics, settings) == (request.tactics, request.settings)
    assert [(week, dict(changes)) for week, changes in schedule] == list(request.schedule)


def test_the_table_has_every_week_of_every_arm(session):
    session.jump(6)
    session.compare(True)
    lines = table(session.arms).splitlines()
    assert len(lines) == 1 + 2 * 7
    assert lines[0].startswith("scenario,seed,arm,week,adopted_share,declared_share,adopted_front_line")
    assert lines[1].startswith("tiny,1,left,0,")
    assert {len(line.split(",")) for line in lines} == {len(lines[0].split(","))}


def test_a_saved_session_replays_exactly(session):
    session.jump(10)
    session.compare(True)
    session.set_parameter(1, "leaders.hours", 9.0)
    session.jump(SMALL.weeks)
    session.workshop.drawn = [[0, 0.1], [60, 0.4]]
    session.workshop.notes = {"Why?": "Because."}
    other = opened_session()
    open_in(other, saved(session))
    other.jump(SMALL.weeks)
    for one, two in zip(session.arms, other.arms, strict=True):
        assert np.array_equal(trajectory(one), trajectory(two))
    assert other.workshop.drawn == [[0, 0.1], [60, 0.4]]
    assert other.workshop.notes == {"Why?": "Because."}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing",
        "[1]",
        "{}",
        '{"syslead_session": 1}',
        '{"syslead_session": 1, "requests": []}',
        '{"syslead_session": 1, "requests": [7]}',
        '{"syslead_session": 1, "requests": [{"scenario": "atlantis"}]}',
        '{"syslead_session": 1, "requests": [{}], "prediction": "x"}',
        "[" * 100_000,
    ],
)
def test_a_damaged_session_file_changes_nothing(session, text):
    before = session.drafts
    with pytest.raises(Invalid):
        open_in(session, text)
    assert session.drafts is before


def test_a_prediction_is_forgotten_where_it_was_about_something_else(session):
    def predict() -> None:
        session.workshop.drawn, session.workshop.choice, session.workshop.stage = (
            [[0, 0.1], [60, 0.4]],
            "in year 2",
            RUN,
        )

    predict()
    session.set_world(seed=5)
    assert session.workshop.drawn
    session.set_world(weeks=52)
    assert (session.workshop.drawn, session.workshop.choice, session.workshop.stage) == ([], "", PREDICT)
    predict()
    session.use(requests_of(QUESTIONS["3"], SMALL), "3")
    assert session.workshop.drawn == []


def test_a_prediction_like_the_run_is_no_error():
    assert error_of([[0, 0.0], [10, 0.5]], [0, 5, 10], [0.0, 0.25, 0.5]) == 0.0
    assert error_of([], [0], [0.0]) is None

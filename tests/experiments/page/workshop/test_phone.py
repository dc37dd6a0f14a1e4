"""Predictions that are handed in from phones."""

import asyncio
import json
from typing import Any

import pytest

from experiments.page.same_origin import SameOrigin
from experiments.page.tab.pulls import WORKSHOP
from experiments.page.workshop import acts
from experiments.page.workshop.desks import Desks
from experiments.page.workshop.guesses import LONGEST_NAME, MOST_GROUPS
from experiments.page.workshop.phone import LARGEST, Phones

LINE = [0.1, 0.2, 0.3, 0.4, 0.5]
HOST = (b"host", b"192.168.1.7:8765")
JSON = (b"content-type", b"application/json")


async def page(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"the page"})


def ask(desks: Desks, path: str, body: bytes | None = None, *headers: tuple[bytes, bytes]) -> tuple[int, bytes]:
    answers: list[dict[str, Any]] = []
    sent = [{"type": "http.request", "body": body or b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        return sent.pop(0)

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    scope = {"type": "http", "path": path, "method": "GET" if body is None else "POST", "headers": [HOST, *headers]}
    asyncio.run(SameOrigin(Phones(page, desks), "0.0.0.0")(scope, receive, send))
    return answers[0]["status"], answers[1]["body"]


def sent(**changes: Any) -> bytes:
    return json.dumps({"key": "k1", "name": "North", "ahead": "", "lines": [LINE], **changes}).encode()


def hand_in(desks: Desks, code: str, **changes: Any) -> tuple[int, dict[str, Any]]:
    status, body = ask(desks, f"/predict/{code}", sent(**changes), JSON)
    return status, json.loads(body)


@pytest.fixture
def desks() -> Desks:
    found = Desks()
    found.serve_at("192.168.1.7", 8765)
    return found


@pytest.fixture
def code(desks: Desks, session: Any) -> str:
    session.look(WORKSHOP)
    return desks.open(session)


def test_phones_are_answered_only_where_the_page_is_served_to_others(session):
    desks = Desks()
    code = desks.open(session)
    for path in ("/predict", f"/predict/{code}"):
        assert ask(desks, path) == (299, b"the page")


def test_everything_else_is_the_page(desks):
    for path in ("/", "/predicted", "/static/predict"):
        assert ask(desks, path) == (299, b"the page")


def test_a_phone_is_told_the_question_and_nothing_of_the_answer(desks, code, session):
    assert b"<form" in ask(desks, "/predict")[1]
    status, body = ask(desks, f"/predict/{code}")
    told = json.loads(body)
    assert status == 200
    assert told["open"]
    assert set(told) == {"title", "arms", "ahead", "choices", "at", "labels", "start", "open"}
    assert ask(desks, "/predict/0000")[0] == 404


def test_a_prediction_is_handed_in_by_name_and_changed_by_the_same_phone_only(desks, code, session):
    assert hand_in(desks, code) == (200, {"name": "North"})
    assert hand_in(desks, code, lines=[LINE[::-1]])[0] == 200
    status, answer = hand_in(desks, code, key="k2")
    assert (status, "already" in answer["problem"]) == (409, True)
    assert hand_in(desks, code, key="k2", name="<b>South</b>")[0] == 200
    assert [(group.name, group.lines) for group in session.workshop.groups] == [
        ("North", (tuple(LINE[::-1]),)),
        ("<b>South</b>", (tuple(LINE),)),
    ]


def test_nothing_is_handed_in_once_the_run_has_begun(desks, code, session):
    acts.run_hidden(session)
    status, answer = hand_in(desks, code)
    assert (status, "has begun" in answer["problem"]) == (409, True)
    assert not session.workshop.is_predicted


def test_a_closed_desk_takes_nothing(desks, code, session):
    desks.close(session)
    assert hand_in(desks, code)[0] == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[1]",
        b"[" * LARGEST,
        b"x" * (LARGEST + 1),
        sent(lines=[[2.0] * 5]),
        sent(lines=[LINE, LINE]),
        sent(lines="lines"),
        sent(lines=[["much"] * 5]),
        sent(name=" "),
        sent(name="N" * (LONGEST_NAME + 1)),
        sent(ahead="<script>"),
        sent(key=""),
        sent(key="k" * 100),
    ],
)
def test_what_is_no_prediction_is_refused(desks, code, session, body):
    status, answer = ask(desks, f"/predict/{code}", body, JSON)
    assert status in (400, 409)
    assert json.loads(answer)["problem"]
    assert not session.workshop.is_predicted


@pytest.mark.parametrize(
    "headers", [[JSON, (b"origin", b"http://elsewhere.example")], [(b"content-type", b"text/plain")], []]
)
def test_another_sites_page_hands_in_nothing(desks, code, session, headers):
    assert ask(desks, f"/predict/{code}", sent(), *headers)[0] in (400, 403)
    assert not session.workshop.is_predicted


def test_there_is_an_end_to_the_groups(desks, code, session):
    found = [hand_in(desks, code, key=f"k{number}", name=f"Group {number}")[0] for number in range(MOST_GROUPS + 2)]
    assert found == [200] * MOST_GROUPS + [409] * 2


def test_a_session_that_is_resumed_has_its_desk_again(desks, code, session):
    from sessions import opened_session

    from experiments.page.tab.session_file import open_in, saved

    hand_in(desks, code)
    other = opened_session()
    open_in(other, saved(session), resumed=True)
    desks.open(other, other.workshop.code)
    assert hand_in(desks, code, lines=[LINE[::-1]])[0] == 200
    assert other.workshop.groups[0].lines == (tuple(LINE[::-1]),)
    assert session.workshop.groups[0].lines == (tuple(LINE),)
    open_in(other, saved(session))
    assert other.workshop.code == ""
    other.close()

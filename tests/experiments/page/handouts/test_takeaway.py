"""What a group takes home: everything of the session, nothing that was not revealed, and whatever anybody wrote as text."""

from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest
from handed_out import GROUPS, REQUESTS, TITLE, WEEKS, played, session
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.page.handouts import charts, facilitator, replay, takeaway
from experiments.page.workshop.record import Group
from simulation import run


class Reader(HTMLParser):
    """A page as a browser reads it: its tags, and the text of each with whatever stands in it."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


@settings(max_examples=40)
@given(st.text(max_size=60), st.text(max_size=60), st.text(min_size=1, max_size=60))
def test_whatever_anybody_wrote_is_text_in_it(name, note, question):
    about = session(
        False, notes={question: f"{note}<script>alert(1)</script>"}, groups=(Group(f"</h3><img src=x>{name}"),)
    )
    plain = session(False, notes={"A": "b"}, groups=(Group("C"),))
    page, usual = Reader(takeaway.page_of(about)), Reader(takeaway.page_of(plain))
    assert page.tags == usual.tags
    assert "<script>alert(1)</script>" in page.text


def test_everything_of_the_session_is_in_it():
    page = Reader(takeaway.page_of(session(notes={"What lasted?": "Trust,\nmostly."})))
    for words in (TITLE, "North", "South", "said", "What lasted?", "Trust,\nmostly.", "syslead run tiny"):
        assert words in page.text, words
    assert page.text.count("the middle run has") == 2 * len(GROUPS) + 1  # in the answer, too


def test_nothing_of_the_answer_is_in_it_before_the_reveal():
    hidden = session(revealed=False)
    page = takeaway.page_of(hidden)
    assert b"North" in page
    assert b"not revealed" in page
    # Were the runs others, the file would be the same.
    others = hidden._replace(seen=hidden.seen._replace(arms=[[]] * 2), watched=())
    assert takeaway.page_of(others) == page


def test_an_empty_session_makes_a_page_too():
    page = Reader(takeaway.page_of(session(groups=(Group(),), notes={}, watched=False)))
    assert "Nothing was predicted." in page.text
    assert "script" not in page.tags


def test_a_replay_holds_what_the_run_was():
    watched = played()
    for request, one in zip(REQUESTS, watched, strict=True):
        shares = run(request).adopted_share
        assert one.weeks == tuple(range(WEEKS + 1))
        assert list(one.shares) == [round(1000 * share) for share in shares]
        organisations = len(one.scene["nodes"])
        frames = np.frombuffer(one.frames, np.uint8).reshape(WEEKS + 1, -1)
        assert frames[:, : 3 * organisations : 3].max() <= 100
        assert all(0 <= week <= WEEKS for week, _ in one.captions)
    assert watched[0].scene["nodes"] == watched[1].scene["nodes"]


@given(st.integers(1, 5200), st.integers(1, 50_000))
def test_a_replay_is_small_however_long_and_large_the_run_is(weeks, organisations):
    kept = replay.weeks_of_frames(weeks, organisations)
    assert kept[0] == 0 and kept[-1] == weeks
    assert (len(kept) - 2) * organisations * replay.AN_ORGANISATION <= replay.MOST_BYTES


@given(st.lists(st.floats(charts.TOP, charts.BOTTOM), min_size=1, max_size=12))
def test_letters_of_lines_never_lie_on_one_another(places):
    found = sorted(charts.spread(places))
    assert all(b - a >= charts.APART - 1e-6 for a, b in pairwise(found))
    assert found[-1] <= charts.HEIGHT


@pytest.mark.parametrize("name", facilitator.numbered().values())
def test_a_facilitators_sheet_is_a_page_without_a_script(name):
    page = Reader(facilitator.page_of(name))
    assert "script" not in page.tags
    assert page.tags.count("h1") == 1
    assert "keep it off the projector" in page.text

"""The pictures of a run in the browser: what they show, what is told where one points, and that nothing lies over another."""

import re
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]


def test_a_click_on_an_organisation_tells_its_story(run):
    run.jump(30)
    run.page.locator(".sy-node").first.click()
    run.page.get_by_text("Its story, the newest first").wait_for()
    assert run.page.locator(".sy-staff svg circle").count() > 20
    assert "week" in run.page.locator(".sy-story").inner_text()


def test_space_chooses_the_organisation_in_focus(run):
    run.page.locator(".sy-node").first.focus()
    run.page.keyboard.press(" ")
    run.page.get_by_text("Its story, the newest first").wait_for()
    assert run.week() == 0


def test_the_tip_goes_with_the_click_and_the_choice_with_the_health_economy(tab):
    node = tab.page.locator(".sy-node").first
    node.hover()
    tab.page.locator(".sy-tip").wait_for()
    node.click()
    tab.page.get_by_text("Its story, the newest first").wait_for()
    assert tab.page.locator(".sy-tip").count() == 0
    tab.page.get_by_label("Scenario").select_option("tiny")
    tab.page.get_by_text("Click an organisation in the picture").wait_for()


def test_an_old_leader_is_an_empty_diamond_and_lines_lie_under_the_circles(run):
    run.jump(104)
    talks, nodes = (run.page.locator(f".sy-room svg > g{which}") for which in (".sy-talks", ":has(.sy-node)"))
    assert talks.first.evaluate("(t, n) => t.compareDocumentPosition(n)", nodes.first.element_handle()) & 4
    fills = run.page.locator(".sy-leader").evaluate_all("all => all.map(mark => mark.getAttribute('fill'))")
    assert len(fills) == 5
    assert set(fills) <= {"#7B2D6B", "#ffffff"}


def test_talks_are_shown_where_one_points_and_by_dots_while_the_run_stands(tab):
    tab.jump(12)
    talks, dots = tab.page.locator(".sy-talks path"), tab.page.locator(".sy-talk-dots circle")
    dots.first.wait_for()
    assert talks.count() == 0
    told = False
    for node in tab.page.locator(".sy-node").all():
        node.hover()
        told = told or (talks.count() == 1 and "Leader" in tab.page.locator(".sy-tip").inner_text())
    assert told
    tab.page.mouse.move(5, 5)
    tab.page.wait_for_function("!document.querySelector('.sy-tip')")
    assert talks.count() == 0
    tab.page.evaluate(
        """() => { window.most = 0; const dots = document.querySelector('.sy-talk-dots')
        new MutationObserver(() => { window.most = Math.max(window.most, dots.childElementCount) }).observe(dots, { childList: true }) }"""
    )
    tab.press("▶ Play")
    tab.until(14)
    tab.page.evaluate("window.most = 0")
    tab.until(18)
    assert tab.page.evaluate("window.most") == 0
    tab.page.get_by_role("button", name="Pause").click()
    tab.page.wait_for_function("window.most > 0")


def test_a_caption_is_the_same_whichever_way_its_week_was_come_to_and_a_ring_shows_where(tab):
    caption, ring = tab.page.locator(".sy-economy .sy-caption"), tab.page.locator(".sy-where")
    tab.jump(60)
    told = caption.inner_text()
    assert told.startswith("Week ")
    tab.jump(3)
    tab.jump(60)
    assert caption.inner_text() == told
    where = told.split(". ", 1)[1].split(":")[0]
    assert ring.get_attribute("opacity") == "1"
    node = tab.page.locator(f'.sy-node[aria-label^="{where}, "] > circle').nth(1)
    assert [node.get_attribute(name) for name in ("cx", "cy")] == [ring.get_attribute(name) for name in ("cx", "cy")]


def test_many_systems_stand_by_name_and_a_click_goes_in_and_back(tab):
    tab.page.get_by_label("Scenario").select_option("eight-systems")
    cells, names = tab.page.locator(".sy-cell"), tab.page.locator(".sy-cell b")
    cells.nth(7).wait_for(timeout=60_000)
    tab.jump(40)
    tab.page.wait_for_timeout(1800)
    shares = [int(share.removesuffix(" %")) for share in tab.page.locator(".sy-cell-shares").all_inner_texts()]
    assert shares == sorted(shares, reverse=True)
    tab.page.get_by_label("Sorted by").select_option("name")
    assert names.all_inner_texts() == sorted(names.all_inner_texts())
    cells.first.focus()
    tab.page.keyboard.press("ArrowRight")
    inside = names.nth(1).inner_text()
    tab.page.keyboard.press("Enter")
    tab.page.locator(".sy-node").first.wait_for()
    assert all(f" of {inside}," in node.get_attribute("aria-label") for node in tab.page.locator(".sy-node").all())
    tab.page.locator(".sy-node").first.click()
    tab.page.get_by_text("Its story, the newest first").wait_for()
    assert inside in tab.page.locator(".sy-right h2").first.inner_text()
    tab.step()
    tab.press("← All 8 systems")
    cells.nth(7).wait_for()


def test_shares_keep_their_axis_all_through_a_run_are_read_by_keys_and_chosen(run):
    def ticks() -> list[str]:
        shown = run.page.locator(".sy-curves .sy-tick").all_text_contents()
        return [words for words in shown if "%" in words]

    run.step()
    at_the_start = ticks()
    run.jump(104)
    assert ticks() == at_the_start
    assert at_the_start[:5] == ["0 %", "25 %", "50 %", "75 %", "100 %"]
    curves, read = run.page.locator(".sy-curves > svg"), run.page.locator(".sy-curves .sy-read")
    curves.focus()
    for key, week in (("Home", 0), ("ArrowRight", 1), ("ArrowLeft", 0), ("End", 104)):
        curves.press(key)
        assert f"Week {week}:" in read.inner_text()
    told, shown = (
        re.search(r"([\d.]+) %", run.page.locator(which).first.inner_text())
        for which in (".sy-curves .sy-read", ".sy-share")
    )
    assert told and shown
    assert abs(float(told[1]) - float(shown[1])) <= 0.55
    curves.press("Escape")
    assert "Week" not in read.inner_text()
    assert run.week() == 104
    run.page.get_by_label("More curves").select_option("adopted, by tier")
    run.page.locator(".sy-curves .sy-key", has_text="Executive").wait_for()


def test_words_in_the_picture_lie_over_nothing_and_are_large_enough(tab):
    for scenario in ("ics-small", "ics-median", "village"):
        tab.page.get_by_label("Scenario").select_option(scenario)
        tab.page.wait_for_timeout(900)
        tab.page.wait_for_function("!document.querySelector('.sy-busy')")
        over, sizes = tab.page.evaluate(
            """() => { const box = e => [e.textContent, e.getBoundingClientRect()]
            const words = [...document.querySelectorAll('.sy-room svg > g[text-anchor] > text')], found = words.map(box)
            return [found.flatMap(([a, p], i) => found.slice(i + 1).filter(([, q]) => p.left + 1 < q.right && q.left + 1 < p.right
                && p.top + 3 < q.bottom && q.top + 3 < p.bottom).map(([b]) => a + ' over ' + b)),
                words.map(e => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a)] }"""
        )
        assert over == []
        assert len(sizes) > 4
        assert min(sizes) >= 13


def test_the_years_below_a_curve_never_lie_over_one_another(tab):
    for weeks in (260, 520, 1040):
        tab.page.get_by_label("Weeks", exact=True).fill(str(weeks))
        tab.page.get_by_label("Weeks", exact=True).press("Enter")
        tab.page.get_by_text(f"of {weeks}, year 1").wait_for()
        tab.page.wait_for_timeout(300)
        over = tab.page.evaluate(
            """() => { const found = [...document.querySelectorAll('.sy-curves .sy-tick')].map(e => [e.textContent, e.getBoundingClientRect()])
            return found.flatMap(([a, p], i) => found.slice(i + 1).filter(([, q]) => p.left < q.right && q.left < p.right
                && p.top + 3 < q.bottom && q.top + 3 < p.bottom).map(([b]) => a + ' over ' + b)) }"""
        )
        assert over == []


def test_circles_are_full_by_their_share(run):
    run.jump(40)
    shares = run.page.evaluate(
        """() => [...document.querySelectorAll('.sy-node')].map(n => {
        const said = Number(n.getAttribute('aria-label').match(/(\\d+) percent/)[1]), path = n.querySelectorAll('path')[1]
        const circle = n.querySelectorAll('circle')[1], box = circle.getBBox(), probe = path.ownerSVGElement.createSVGPoint()
        let inside = 0, all = 0
        for (let i = 0.5; i < 60; i++) for (let j = 0.5; j < 60; j++) {
            probe.x = box.x + box.width * i / 60; probe.y = box.y + box.height * j / 60
            if (circle.isPointInFill(probe)) { all++; if (path.getAttribute('d') && path.isPointInFill(probe)) inside++ } }
        return [said, 100 * inside / all] })"""
    )
    assert any(said > 5 for said, _ in shares)
    assert all(abs(said - drawn) < 3 for said, drawn in shares)


def test_pictures_are_saved_as_files(run):
    run.step()
    for name, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with run.page.expect_download() as download:
            run.page.locator(".sy-economy").get_by_role("button", name=name).click()
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(begins)
        assert len(content) > 5000
    with run.page.expect_download() as download:
        run.page.locator(".sy-curves").get_by_role("button", name="SVG").click()
    curves = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Scenario ics-small, seed 3, week 1" in curves
    assert "A model of a theory, not a forecast" in curves


def test_nothing_is_cut_off_or_too_small(tab):
    tab.step()
    for arms in (1, 2):
        for width, height in ((1024, 768), (1280, 720), (1920, 1080)):
            tab.page.set_viewport_size({"width": width, "height": height})
            tab.page.wait_for_timeout(300)
            cut = tab.page.evaluate(
                """() => [...document.querySelectorAll('.sy-head > *:not(dialog), .sy-world > *, .sy-answer > *, .sy-controls > *:not(.sy-buttons), .sy-buttons > *, .sy-tabs > *, .sy-body > :not(.sy-gone), .sy-economy svg')]
                .filter(e => { const b = e.getBoundingClientRect();
                    return b.right > innerWidth + 1 || b.bottom > innerHeight + 1 || b.left < -1 || b.width === 0 })
                .map(e => e.className + e.tagName)"""
            )
            assert (arms, width, cut) == (arms, width, [])
            smallest = tab.page.evaluate(
                """() => Math.min(...[...document.querySelectorAll('.sy-curves text, .sy-small, .sy-lever label')]
                .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
            )
            assert smallest >= 11
        if arms == 1:
            tab.press("Compare")
            tab.page.wait_for_function("document.querySelectorAll('.sy-economy').length === 2")

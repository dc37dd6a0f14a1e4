"""The page in a browser: read by everybody, on a phone, in print; it asks nobody for anything."""

import example_results
import numpy as np
import pytest
from chromium import launched, needed
from filled import fill
from toml_text import toml_of

from experiments.analysis.summary import summary_of
from experiments.analysis.tables import read_outcomes
from experiments.commands.html.page import Source, page_of
from experiments.design import study_file
from experiments.store.stored_runs import OK, packed, sealed

pytestmark = pytest.mark.browser

LONG = ("a" * 400, "W" * 90, "many words " * 40, "中文标题很长" * 30 + " עברית שמאל")
SIZES = {"page": (1280, 800), "phone": (390, 844), "slide": (1920, 1080)}
A4 = 688  # pixels between its margins


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """A page as most are, and one with names longer than any line; each as a file."""
    home = tmp_path_factory.mktemp("pages")
    arms = "".join(
        f"[arms.a{n}]\ntitle = {toml_of(name)}\ntactics = {{ seeding = 1 }}\n" for n, name in enumerate(LONG)
    )
    text = f'title = {toml_of(LONG[0])}\nquestion = {toml_of(LONG[2])}\nscenario = "tiny"\nweeks = 4\nreplicates = 3\n{arms}'
    (home / "study.toml").write_text(f'{text}[factors]\n"credit.on" = [true, false]\n', "utf-8")
    curves = packed(np.linspace(0, 0.9, 10).reshape(2, 5))

    def run(job):
        return sealed(job, OK, {"adopted_share": (job.run % 7) / 10, "weeks_to_50": job.run % 5}, curves)

    long = fill(study_file.load(home / "study.toml"), home / "long", ("adopted_share", "weeks_to_50"), run)
    usual = example_results.write(home / "usual", tuple(example_results.ARMS)[:3], replicates=12)
    files = {}
    for folder in (usual, long):
        outcomes = read_outcomes(folder)
        files[folder.name] = home / f"{folder.name}.html"
        files[folder.name].write_bytes(
            page_of(Source(folder, outcomes, summary_of(outcomes), ["syslead", str(folder)]))
        )
    return files


@pytest.fixture(scope="module")
def browser():
    with launched() as found:
        yield found


@pytest.fixture
def opened(browser, pages):
    """Open a page in a size without scripts of its own, and see that it asks for nothing but itself."""
    contexts, asked = [], []

    def open_(name, size):
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(pages[name].as_uri())
        return tab

    yield open_
    for context in contexts:
        context.close()
    assert asked == [pages[name].as_uri() for name in pages if pages[name].as_uri() in asked]


@pytest.mark.parametrize(("name", "size"), [("usual", "page"), ("long", "phone")])
def test_axe_finds_nothing_with_all_of_its_rules(opened, name, size):
    axe = needed("axe_playwright_python.sync_playwright", "the extra `test`").Axe()
    found = axe.run(opened(name, size)).response
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
    assert len(found["passes"]) > 20


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["usual", "long"])
def test_nothing_but_what_can_be_moved_is_wider_than_the_page(opened, name, size):
    tab = opened(name, size)
    assert tab.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    frames = "[...document.querySelectorAll('.wide, pre')].filter(f => f.scrollWidth > f.clientWidth)"
    assert tab.evaluate(f"{frames}.every(f => f.tabIndex === 0 && f.getAttribute('aria-label'))")


@pytest.mark.parametrize("name", ["usual", "long"])
def test_print_cuts_nothing_off_and_folds_nothing(opened, name):
    tab = opened(name, "page")
    _contents_lead_by_keys_to_what_they_name(tab)
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": A4, "height": 1000})
    wide = f"[...document.querySelectorAll('table, svg, pre, p, h1')].filter(e => e.getBoundingClientRect().right > {A4} + 1)"
    assert tab.evaluate(f"{wide}.map(e => e.tagName + e.textContent.slice(0, 80))") == []
    assert tab.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    shown = "[...document.querySelectorAll('table')].map(e => e.checkVisibility({contentVisibilityAuto: true}))"
    assert False not in tab.evaluate(shown), "what is folded on a screen is there in print"


def _contents_lead_by_keys_to_what_they_name(tab):
    """The contents stay in sight beside the page, and where a link in them leads is on the screen."""
    tab.keyboard.press("Tab")
    seen = []
    while (link := tab.evaluate("document.activeElement.closest('nav a')?.getAttribute('href')")) not in (None, *seen):
        seen.append(link)
        tab.keyboard.press("Enter")
        tab.wait_for_function(
            f"(() => {{ const b = document.querySelector('{link}').getBoundingClientRect(); return b.bottom > 0 && b.top < innerHeight }})()"
        )
        assert tab.evaluate("document.querySelector('nav').getBoundingClientRect().top >= 0")
        tab.evaluate(f"document.querySelector('nav a[href=\"{link}\"]').focus()")
        tab.keyboard.press("Tab")
    assert len(seen) == tab.evaluate("document.querySelectorAll('nav a').length") > 9

"""Take the screenshots of the page anew: python docs/screenshots.py. Needs the extras `viz` and `test`, and Chromium."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

FOLDER = Path(__file__).parent / "screenshots"
PAGE = Path(__file__).parent / "page.md"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
NOW = "Number(document.querySelector('.sy-strip').getAttribute('aria-valuenow'))"


VIEW = ["-c", "from experiments.commands.cli import main; main()", "view", "--no-open", "--port", "0"]
MESA = ["-m", "solara", "run", "my_page.py", "--no-open", "--production", "--host", "127.0.0.1", "--port", "8799"]


def started(words: list[str], folder: str) -> tuple[subprocess.Popen[str], str]:
    """Return a running page and its address."""
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parents[1]), "SOLARA_THEME_SHOW_BANNER": "False"}
    server = subprocess.Popen(
        [sys.executable, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env=environment,
    )
    assert server.stdout is not None
    for line in server.stdout:
        found = re.search(r"http://[\w.:]+", line)
        if found:
            _await(found.group())
            return server, found.group()
    raise SystemExit("The page did not start.")


def mesas_page() -> str:
    """Return the example of a page of Mesa's own, as the documentation has it."""
    found = re.search(r"<!-- example: my_page.py -->\n```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert found is not None
    return found[1]


def _await(address: str) -> None:
    for _ in range(300):
        try:
            urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)


def jump(page: Any, week: int) -> None:
    """Go to a week and wait until it is drawn."""
    field = page.get_by_label("Jump to week")
    field.fill(str(week))
    field.press("Enter")
    page.wait_for_function(f"{NOW} === {week} && !document.querySelector('.sy-busy')", timeout=120_000)
    page.wait_for_function("!/So far|being made/.test(document.querySelector('.sy-answer').innerText)", timeout=120_000)
    field.blur()
    page.mouse.move(5, 5)
    page.wait_for_timeout(1900)  # until the run is seen to stand


def ask(page: Any, question: str) -> None:
    """Choose a question and wait for its arms."""
    page.get_by_role("combobox", name="question").select_option(question)
    page.wait_for_timeout(700)
    page.wait_for_function("!document.querySelector('.sy-busy')", timeout=120_000)


def answered(page: Any) -> None:
    """Wait until all forty pairs have come."""
    page.wait_for_function(
        "/of 40 runs(?!.*So far)/s.test(document.querySelector('.sy-answer').innerText)", timeout=60_000
    )


def week_by_week(page: Any, question: str = "free") -> None:
    """Look at a run of a question."""
    ask(page, question)
    page.get_by_role("button", name="Week by week").click()
    page.wait_for_selector(".sy-economy svg [data-o]", timeout=120_000)


def overview(page: Any) -> None:
    """Five years at once, after a lever was moved."""
    answered(page)
    page.get_by_role("group", name="When the place is abolished").get_by_label("Never").check(force=True)
    page.wait_for_timeout(1500)
    answered(page)
    page.mouse.move(5, 5)


def run(page: Any) -> None:
    """One arm, in its third year."""
    week_by_week(page)
    jump(page, 110)


def organisation(page: Any) -> None:
    """One organisation close up."""
    week_by_week(page)
    jump(page, 110)
    page.locator(".sy-node").first.click()
    page.get_by_text("Its story, the newest first").wait_for()
    page.mouse.move(5, 5)


def compared(page: Any) -> None:
    """Two arms, and what changed."""
    week_by_week(page, "4")
    jump(page, 130)
    page.get_by_role("button", name="What changed").click()


def curves(page: Any) -> None:
    """Two arms, and their curves."""
    week_by_week(page, "6")
    jump(page, 180)


GROUPS = {"North": (0.45, 0.8), "South": (0.7, 0.6)}
"""What two groups expect in the end of each arm."""


def drawn(page: Any, arm: int, end: float) -> None:
    """Draw a line from the first point of an arm on, up to a share at the end."""
    hand, board = (page.locator(words).bounding_box() for words in (f"[data-hand='{arm}-0']", ".sy-board svg"))
    x, y = hand["x"] + hand["width"] / 2, hand["y"] + hand["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for part in range(1, 25):
        across = x + (board["x"] + board["width"] - 32 - x) * part / 24
        page.mouse.move(across, y - end * 0.86 * board["height"] * (part / 24) ** (1.6 - arm))
    page.mouse.up()
    page.mouse.move(5, 5)


def predicted(page: Any) -> None:
    """What two groups expect."""
    page.get_by_role("button", name="Workshop").click()
    page.wait_for_selector(".sy-board svg")
    for label, (name, ends) in zip(("Name the first", "Group"), GROUPS.items(), strict=True):
        page.get_by_label(label, exact=True).fill(name)
        page.get_by_role("button", name="Add").click()
        page.get_by_role("button", name=name, pressed=True).wait_for()
        for arm, end in enumerate(ends):
            drawn(page, arm, end)
        page.get_by_role("radio", name="nearly all" if name == "North" else "about half").check(force=True)
        page.wait_for_timeout(500)


def ran(page: Any) -> None:
    """Before the run."""
    predicted(page)
    page.get_by_role("button", name="3 Run").click()
    page.wait_for_timeout(500)


def workshop(page: Any) -> None:
    """What the groups expected over what came."""
    ran(page)
    page.get_by_role("button", name="hidden").click()
    page.get_by_text("80 of 80 runs done").wait_for(timeout=120_000)
    page.get_by_role("button", name="4 Reveal").click()
    page.wait_for_timeout(1500)


def taken_away(page: Any) -> None:
    """The file of a workshop, on a phone."""
    page.set_viewport_size({"width": 1280, "height": 720})
    workshop(page)
    page.get_by_role("button", name="5 Debrief").click()
    with page.expect_download() as kept:
        page.get_by_role("button", name="Take away").click()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "workshop.html")
        kept.value.save_as(file)
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(file.as_uri())
    page.locator("#week").evaluate("e => { e.value = 130; e.dispatchEvent(new Event('input')) }")
    page.locator("#replay").evaluate("e => e.scrollIntoView()")


def median(page: Any) -> None:
    """A middling system on a projector."""
    week_by_week(page)
    page.get_by_label("Scenario").select_option("ics-median")
    page.wait_for_function("document.querySelectorAll('.sy-node').length > 50", timeout=60_000)
    jump(page, 90)


def england(page: Any) -> None:
    """The whole service on a projector."""
    week_by_week(page)
    page.get_by_label("Scenario").select_option("england-2022")
    page.wait_for_function("document.querySelectorAll('.sy-cell').length === 42", timeout=120_000)
    jump(page, 130)


def one_system(page: Any) -> None:
    """One system of the whole service."""
    england(page)
    page.wait_for_timeout(2000)
    page.locator(".sy-cell").first.click()
    page.wait_for_selector(".sy-node")
    page.mouse.move(5, 5)
    page.wait_for_timeout(2000)


def shown_to_a_room(act: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return the same, projected."""

    def projected(page: Any) -> None:
        act(page)
        page.get_by_role("button", name="Projector").click()
        page.mouse.move(5, 5)
        page.wait_for_timeout(2000)

    return projected


def scrolled(page: Any) -> None:
    """A run in one column, down to the picture."""
    week_by_week(page, "4")
    jump(page, 106)
    page.locator(".sy-economy").first.evaluate("picture => picture.scrollIntoView()")
    page.wait_for_timeout(1500)


def mesa(page: Any) -> None:
    """The components on Mesa's own page."""
    seeding = page.get_by_role("slider", name="Seeding an idea")
    seeding.focus()
    seeding.press("End")
    page.get_by_role("button", name="Reset", exact=True).click()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="▶", exact=True).click()
    page.wait_for_timeout(15_000)
    page.get_by_role("button", name="❚❚", exact=True).click()
    page.evaluate("document.querySelectorAll('*').forEach(e => { e.scrollTop = 0 })")


SHOTS: dict[str, tuple[tuple[int, int], Callable[[Any], None]]] = {
    "mesa": ((1280, 720), mesa),
    "overview": ((1280, 720), overview),
    "overview-projected": ((1920, 1080), shown_to_a_room(overview)),
    "overview-zoomed": ((640, 360), answered),
    "overview-phone": ((390, 844), answered),
    "run": ((1280, 720), run),
    "organisation": ((1280, 720), organisation),
    "two-arms": ((1280, 720), compared),
    "two-arms-projected": ((1920, 1080), shown_to_a_room(curves)),
    "workshop-predict": ((1280, 720), predicted),
    "workshop-run": ((1280, 720), ran),
    "workshop": ((1280, 720), workshop),
    "take-away": ((390, 844), taken_away),
    "median": ((1280, 720), median),
    "median-projected": ((1920, 1080), shown_to_a_room(median)),
    "england": ((1280, 720), england),
    "england-projected": ((1920, 1080), shown_to_a_room(england)),
    "one-system": ((1280, 720), one_system),
    "run-zoomed": ((640, 360), scrolled),
    "run-phone": ((390, 844), scrolled),
}


def _shrink(file: Path) -> None:
    """Keep 256 colours, which is all that the page needs: a quarter of the size."""
    from PIL import Image

    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(
            256, method=Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE
        )
    few.save(file, optimize=True)


def take(names: list[str], words: list[str], folder: str) -> None:
    """Take some screenshots of one page."""
    from playwright.sync_api import sync_playwright

    server, address = started(words, folder)
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            for name in names:
                size, act = SHOTS[name]
                page = browser.new_page(
                    viewport={"width": size[0], "height": size[1]}, locale="en-GB", reduced_motion="reduce"
                )
                page.add_init_script("localStorage.setItem('syslead-cards-seen', 'yes')")
                page.goto(address)
                page.wait_for_selector(".sy-fan svg path", timeout=120_000)
                act(page)
                page.wait_for_timeout(700)
                page.screenshot(path=FOLDER / f"{name}.png")
                _shrink(FOLDER / f"{name}.png")
                print(FOLDER / f"{name}.png")
                page.close()
            browser.close()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(120)


def main() -> None:
    """Take every screenshot, or those that are named."""
    FOLDER.mkdir(exist_ok=True)
    names = sys.argv[1:] or list(SHOTS)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "my_page.py").write_text(mesas_page(), encoding="utf-8")
        if "mesa" in names:
            take(["mesa"], MESA, folder)
        if others := [name for name in names if name != "mesa"]:
            take(others, VIEW, folder)


if __name__ == "__main__":
    main()

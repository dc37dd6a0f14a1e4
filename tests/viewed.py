"""The page as `syslead view` serves it, and one tab of it in Chromium."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlparse

from chromium import READY, Visit, answers

WHOLE = """() => { const words = (document.querySelector('.sy-answer') || {}).innerText || ''
    return /ahead in/.test(words) && !/So far/.test(words) }"""
NOW = "Number(document.querySelector('.sy-strip').getAttribute('aria-valuenow'))"


class Server:
    """`syslead view`, as a user starts it."""

    def __init__(self, *words: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from experiments.commands.cli import main; main()", "view", "--no-open", *words],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **environment},
        )
        self.said: list[str] = []
        self.address = ""
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()
        limit = time.monotonic() + 300
        while (
            not (self.address and answers(urlparse(self.address).port))
            and self.process.poll() is None
            and time.monotonic() < limit
        ):
            time.sleep(0.1)

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said.append(line)
            found = re.search(r"http://[\w.\[\]:]+:\d+/", line)
            self.address = found.group() if found else self.address

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(30)
        self.listener.join(10)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return code


class Tab(Visit):
    """One tab of the page."""

    def week(self) -> int:
        return int(self.page.locator(".sy-strip").get_attribute("aria-valuenow"))

    def until(self, week: int, seconds: float = 60) -> None:
        self.page.wait_for_function(f"{NOW} >= {week}", timeout=1000 * seconds)

    def all_levers(self) -> None:
        self.press("All levers …")
        self.page.get_by_label("Seeding an idea", exact=True).wait_for()

    def step(self) -> None:
        week = self.week()
        self.press("Step")
        self.until(week + 1)

    def jump(self, week: int) -> None:
        field = self.page.get_by_label("Jump to week")
        field.fill(str(week))
        field.press("Enter")
        self.page.wait_for_function(f"{NOW} === {week}", timeout=60_000)
        self.page.wait_for_function("!document.querySelector('.sy-busy')")

    def afresh(self) -> bool:
        """Go back to week 0 of the run, beside its curves; return False where something else is looked at, or was wrong."""
        if self.faults or self.page.locator("dialog[open]").count() or not self.page.locator(READY).count():
            return False
        self.press("Curves")
        pause = self.page.get_by_role("button", name="Pause")
        if pause.count():
            pause.click()
        self.press("Reset")
        self.page.wait_for_function(f"{NOW} === 0 && !document.querySelector('.sy-busy')")
        self.page.mouse.move(5, 5)
        return True

    def kept(self, name: str) -> str:
        with self.page.expect_download(timeout=60_000) as download:
            self.page.get_by_role("button", name=name).click()
        return Path(download.value.path()).read_text(encoding="utf-8")

    def ask(self, question: str) -> None:
        self.page.get_by_role("combobox", name="question").select_option(question)


class Front(Tab):
    """A tab that opens on a question."""

    ready = ".sy-fan svg path"

    def answer(self) -> str:
        self.page.wait_for_function(WHOLE, timeout=30_000)
        return str(self.page.locator(".sy-answer").inner_text())

    def put(self, lever: str, stop: str) -> None:
        stops = self.page.get_by_role("group", name=lever)
        stops.get_by_role("radio", name=stop).click(force=True)
        stops.get_by_role("radio", name=stop, checked=True).wait_for(state="attached")

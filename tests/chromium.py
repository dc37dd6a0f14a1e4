"""Chromium without a screen, and a page in it with everything that it asked for and complained of."""

import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
READY = ".sy-economy svg [data-o]"


def needed(module: str, where: str) -> Any:
    """Return a module, or skip; on the build machine nothing is skipped."""
    try:
        return __import__(module, fromlist=["_"])
    except ImportError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"{where} is missing")


@contextmanager
def launched() -> Iterator[Any]:
    """Start Chromium, or skip where there is none."""
    if not Path(CHROMIUM).exists() and os.environ.get("CI") != "true":
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium")
    needed("solara", "the extra `viz`")
    playwright = needed("playwright.sync_api", "the extra `test`")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


class Visit:
    """One tab, with everything that it asked for and complained of."""

    ready = READY

    def __init__(self, browser: Any, address: str, size: tuple[int, int] = (1280, 720), seen: bool = True) -> None:
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, accept_downloads=True, locale="en-GB"
        )
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("response", lambda r: self.faults.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        self.page.on("requestfailed", self._failed)
        self.page.set_default_timeout(20_000)
        if seen:
            self.context.add_init_script("localStorage.setItem('syslead-cards-seen', 'yes')")
        self.page.goto(address)
        self.page.wait_for_selector(self.ready, timeout=60_000)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def _failed(self, request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left meanwhile
            self.faults.append(f"failed {request.url}: {request.failure}")

    def close(self) -> None:
        self.context.close()

    def check(self) -> None:
        """Assert that nothing went wrong and nobody else was asked for anything."""
        elsewhere = [u for u in self.asked if urlparse(u).scheme not in ("data", "blob")]
        elsewhere = [u for u in elsewhere if urlparse(u).hostname not in ("127.0.0.1", "localhost")]
        assert elsewhere == []
        assert self.faults == []


def answers(port: int) -> bool:
    """Return whether somebody listens on a port of this machine."""
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def await_port(port: int, seconds: float) -> None:
    """Wait until somebody listens on a port of this machine."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if answers(port):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens on port {port}")

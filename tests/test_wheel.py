"""The package as others get it: built, installed into an empty environment, and used from another folder."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parent.parent
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
OFFLINE = ["--no-deps", "--no-index"]
BUILDS_FROM = 77
"""The first setuptools that reads the project's licence."""

PACKAGES = [Path(folder) for folder in sys.path if Path(folder).name == "site-packages"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment that holds the wheel, and finds only what the wheel depends on here."""
    if int(version("setuptools").partition(".")[0]) < BUILDS_FROM and os.environ.get("CI") != "true":
        pytest.skip(f"a wheel is built with setuptools {BUILDS_FROM} or later")
    place = tmp_path_factory.mktemp("wheel")
    sources, environment = place / "sources", place / "environment"
    for name in ("simulation", "experiments"):
        shutil.copytree(ROOT / name, sources / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, sources)
    do([*PIP, "wheel", *OFFLINE, "--no-build-isolation", "--wheel-dir", place, sources])
    do([sys.executable, "-m", "venv", "--without-pip", environment])
    python = environment / "bin" / "python"
    do([*PIP, "--python", python, "install", *OFFLINE, *place.glob("*.whl")])
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text("\n".join(map(str, PACKAGES)))
    return python


def do(words: list[str | Path]) -> str:
    """Return what a command prints, far from the sources."""
    done = subprocess.run(words, capture_output=True, text=True, env=surroundings(), cwd="/", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def surroundings() -> dict[str, str]:
    """Return the environment without the sources, and with what the page's framework keeps outside its packages."""
    prefixes = [packages.parents[2] for packages in PACKAGES]
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        "JUPYTER_CONFIG_PATH": os.pathsep.join(str(prefix / "etc" / "jupyter") for prefix in prefixes),
        "JUPYTER_PATH": os.pathsep.join(str(prefix / "share" / "jupyter") for prefix in prefixes),
    }


def test_the_wheel_is_used_and_not_the_sources(installed):
    assert do([installed, "-c", "import experiments; print(experiments.__file__)"]).startswith(
        str(installed.parent.parent)
    )


def test_it_lists_the_studies(installed):
    listed = json.loads(do([installed.with_name("syslead"), "list", "studies", "--json"]))
    assert {study["name"] for study in listed["studies"]} == {
        file.stem for file in (ROOT / "experiments" / "studies").glob("*.toml")
    }


@pytest.fixture
def page(installed: Path) -> Iterator[str]:
    """Return the address of the page that the wheel serves."""
    pytest.importorskip("solara")
    server = subprocess.Popen(
        [installed.with_name("syslead"), "view", "--no-open", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env=surroundings(),
        cwd="/",
    )
    assert server.stderr
    said = next(line for line in server.stderr if "http://" in line)
    yield said[said.index("http://") :].strip()
    server.terminate()
    server.communicate(timeout=60)


def test_it_serves_the_page_and_the_sheets_beside_it(page):
    assert "System leadership" in answer(page)
    assert "What the reveal will say" in answer(f"{page}sheet/levels")


def answer(address: str, seconds: float = 60) -> str:
    """Return what is at an address, as soon as anything is."""
    limit = time.monotonic() + seconds
    while True:
        try:
            with urlopen(address, timeout=seconds) as response:
                return response.read().decode()
        except URLError as error:
            if isinstance(error, HTTPError) or time.monotonic() > limit:
                raise
        time.sleep(0.2)


def test_every_file_of_the_sources_is_in_the_wheel(installed):
    code = "import experiments, simulation; print(experiments.__path__[0]); print(simulation.__path__[0])"
    for package in map(Path, do([installed, "-c", code]).split()):
        there = {file.relative_to(package) for file in package.rglob("*") if file.suffix != ".pyc"}
        sources = ROOT / package.name
        assert {f.relative_to(sources) for f in sources.rglob("*.*") if f.suffix != ".pyc"} <= there

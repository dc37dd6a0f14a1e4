"""Pages of the documentation: those made from the code are up to date, links lead somewhere, and tables are whole."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from documentation import RECIPES, ROOT, loaded

from simulation import catalogue

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "results" / "README.md", *ROOT.glob("docs/*.md")])

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))

generate: Any = loaded(ROOT / "docs" / "generate.py")


@pytest.mark.parametrize("name", generate.pages())
def test_the_generated_pages_are_up_to_date(name):
    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == generate.pages()[name], "run: make docs"


def test_generating_twice_gives_the_same_bytes():
    one, other = (
        subprocess.run(
            [sys.executable, "-c", "import generate, sys; sys.stdout.write(str(generate.pages()))"],
            cwd=ROOT / "docs",
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )
    assert one == other


def test_every_parameter_stands_in_the_table_of_parameters():
    page = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    names = [name for name in catalogue.parameters() if name.partition(".")[0] in generate.groups()]
    assert not [name for name in names if f"| `{name}` " not in page]


def test_the_table_of_parameters_counts_on_top_how_many_are_assumed():
    listed = [p for group in generate.groups().values() for p in group]
    assumed = sum("assumed" in p.source or "form" in p.source for p in listed)
    page = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    assert f"**{assumed} of {len(listed)} parameters are assumed**" in page[: page.index("## ")]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", without_code(page.read_text(encoding="utf-8")), re.M)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in kept}


def without_code(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.S)


def links(page: Path) -> list[str]:
    text = re.sub(r"`[^`\n]*`", "code", without_code(page.read_text(encoding="utf-8")))
    return re.findall(r"\]\(([^)\s]+)\)", text)


@each_page
def test_every_link_leads_somewhere(page):
    broken = []
    for link in links(page):
        if re.match(r"https?://", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


@each_page
def test_every_page_of_the_documentation_stands_in_the_index(page):
    if page.parent.name == "docs" and page.name != "index.md":
        assert f"]({page.name})" in (ROOT / "docs" / "index.md").read_text(encoding="utf-8")


@each_page
def test_every_table_has_as_many_cells_in_each_row_as_in_its_head(page):
    lines = without_code(page.read_text(encoding="utf-8")).splitlines()
    width = 0
    for line in lines:
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert cells == width or not cells or not width, line
        width = cells


def dotted_names(text: str) -> set[str]:
    """Return what looks like the name of a parameter."""
    found = set(re.findall(r"(?<![\w./])([a-z_]+\.[a-z_0-9]+)(?![\w/(])", text))
    return {name for name in found if name.partition(".")[0] in catalogue.groups()}


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "tactics.md"], ids=lambda page: page.name)
def test_no_page_names_a_parameter_that_does_not_exist(page):
    text = re.sub(r"\]\([^)]*\)", "]", page.read_text(encoding="utf-8"))
    known = set(catalogue.parameters()) | {"round_table.ownership"}
    files = {f"{group}.{ending}" for group in catalogue.groups() for ending in ("py", "md", "toml")}
    assert dotted_names(text) <= known | files


def test_every_choice_of_how_a_file_is_written_stands_on_the_page_of_recipes():
    from simulation.own_data import sources

    values = [value for group in (sources.WRITTEN, sources.OF_TIES) for known in group.values() for value in known]
    written = [value.replace("\t", "\\t").replace("|", "\\|") for value in values]
    assert not [value for value in written if f'"{value}"' not in RECIPES]
    assert not [key for key in {**sources.WRITTEN, **sources.OF_TIES} if f"`{key}`" not in RECIPES]


def test_every_column_of_own_tables_stands_on_its_page():
    from simulation.own_data.tables import COLUMNS

    page = (ROOT / "docs" / "own-data.md").read_text(encoding="utf-8")
    assert not [name for columns in COLUMNS.values() for name in columns if f"`{name}`" not in page]


def test_every_limit_of_the_self_test_stands_on_its_page():
    from experiments.validity.selftest import LIMITS

    page = (ROOT / "docs" / "verification.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.M) == list(LIMITS)


def test_every_target_of_make_that_a_page_names_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {target for page in PAGES for target in re.findall(r"(?:`|\$ )make ([a-z-]+)", page.read_text("utf-8"))}
    assert not [target for target in named if f"\n{target}:" not in makefile]

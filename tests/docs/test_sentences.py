"""Each sentence of the interviews leads to files, parameters and tests that are there, and so does the map."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from documentation import CONTRIBUTING, ROOT

from simulation import catalogue

SENTENCES = (ROOT / "docs" / "sentences.md").read_text(encoding="utf-8")


def sentence_rows() -> list[list[str]]:
    rows = [line for line in SENTENCES.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows[2:]]


@cache
def names_of_functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def row_name(row: list[str]) -> str:
    return row[0][:50]


each_sentence = pytest.mark.parametrize("row", sentence_rows(), ids=row_name)


def test_there_is_a_row_for_each_sentence_of_the_interviews():
    assert len(sentence_rows()) >= 22


@each_sentence
def test_no_cell_of_a_sentences_row_is_empty(row):
    assert len(row) == 4
    assert all(len(cell) > 3 for cell in row)


@each_sentence
def test_every_file_that_a_sentence_leads_to_exists(row):
    files = re.findall(r"\]\(\.\./([^)]+)\)", row[1])
    assert files
    assert all((ROOT / file).is_file() for file in files)


@each_sentence
def test_every_parameter_that_a_sentence_leads_to_exists(row):
    names = re.findall(r"`([a-z_]+\.[a-z_0-9]+)`", row[2])
    assert names
    assert not [name for name in names if name not in catalogue.parameters()]


@each_sentence
def test_every_test_that_holds_a_sentence_exists(row):
    found = re.findall(r"`([\w/]+\.py)::(test_\w+)`", row[3])
    assert found
    tests = {file: list((ROOT / "tests").rglob(file)) for file, _ in found}
    assert not [name for file, name in found if not any(name in names_of_functions(held) for held in tests[file])]


@pytest.mark.parametrize(
    ("file", "function"), re.findall(r"^\|[^|]+\| `([\w/]+\.py)` \| `(\w+)` \|$", CONTRIBUTING, re.M)
)
def test_the_map_leads_to_functions_that_are_there(file, function):
    nodes = ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
    assert function in {node.name for node in nodes if isinstance(node, ast.FunctionDef)}

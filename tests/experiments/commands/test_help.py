"""Help leads with examples that work and says what is written."""

import re

import pytest
from command_line import commands

from experiments.commands import cli
from simulation import catalogue


@pytest.mark.parametrize("name", commands())
def test_help_leads_with_examples_and_says_what_is_written(syslead, name):
    _, out, _ = syslead(name, "--help")
    places = [out.index(heading) for heading in ("\nExamples:", "\nUsage:", "\nOutput:", "\nWrites:")]
    assert places == sorted(places)


@pytest.mark.parametrize("name", commands())
def test_examples_in_the_help_can_be_parsed(name):
    command = cli.root.commands[name]
    examples = [example for example in command.examples if example.startswith("syslead ")]
    for example in examples:
        words = example.partition(" > ")[0].split()[2:]
        command.make_context(name, words, resilient_parsing=False).close()
    assert examples or name == "completion"


def test_parameters_in_examples_exist():
    words = " ".join(example for command in cli.root.commands.values() for example in command.examples)
    for name in re.findall(r"--set ([\w.]+)=", words):
        assert name in catalogue.parameters()
    for name in re.findall(r"--tactic (\w+)", words):
        assert name in catalogue.tactics()


def test_every_command_has_a_heading_in_the_help():
    under = {name for group in cli.root.headings.values() for name in group}
    assert set(cli.root.commands) == under

"""`--help` of each command shows how it is used, in commands that are understood."""

import argparse
import shlex

import pytest

from clipsorter.cli.app import _parser
from clipsorter.cli.examples import EXAMPLES

COMMANDS = next(
    action.choices for action in _parser()._actions if isinstance(action, argparse._SubParsersAction)
)  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_ends_with_examples(name):
    said = COMMANDS[name].format_help()
    assert said.index("options:") < said.index("examples:\n  clipsorter ")
    assert all(line in said for line in EXAMPLES[name])


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_understood(name):
    for line in EXAMPLES[name]:
        words = shlex.split(line.partition(" > ")[0], comments=True)
        assert words[:2] == ["clipsorter", name]
        _parser().parse_args(words[1:])

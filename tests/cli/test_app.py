"""What holds for every command: streams that are closed or full, Ctrl+C, the log, a quick start."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clipsorter import paths
from clipsorter.cli.app import run

posix = pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")


def in_a_shell(line, *arguments):
    """Run a shell line in which `"$@"` is the program with these arguments."""
    command = ["sh", "-c", line, "sh", sys.executable, "-m", "clipsorter", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("form", ["table", "jsonl"])
@pytest.mark.usefixtures("tiny_model")
def test_full_disk_under_stdout_is_one_sentence(form, photos):
    done = in_a_shell('"$@" > /dev/full', "classify", photos, "-c", "dog", "--format", form)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "clipsorter: the results can't be written: No space left on device."
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_output_that_waits_in_a_buffer_is_not_lost_unnoticed():
    done = in_a_shell('"$@" > /dev/full', "models", "list")
    assert done.returncode == 2
    assert done.stderr == "clipsorter: the results can't be written: No space left on device.\n"


@posix
@pytest.mark.usefixtures("tiny_model")
def test_closed_stdout_is_taken_for_a_reader_who_does_not_listen(photos):
    done = in_a_shell('"$@" >&-', "classify", photos, "-c", "dog")
    assert done.returncode == 1
    assert "failed 1" in done.stderr
    done = in_a_shell('"$@" >&-', "models", "list")
    assert (done.returncode, done.stderr) == (0, "")


@posix
@pytest.mark.usefixtures("tiny_model")
def test_closed_stderr_leaves_stdout_to_the_results(photos):
    done = in_a_shell('"$@" 2>&-', "classify", photos, "-c", "dog", "--format", "jsonl")
    assert done.returncode == 1
    assert len(list(map(json.loads, done.stdout.splitlines()))) == 3


def test_ctrl_c_during_the_first_imports_is_one_sentence():
    program = (
        "import sys, clipsorter.__main__\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'clipsorter.cli.app': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "sys.exit(clipsorter.__main__.main())\n"
    )
    done = subprocess.run([sys.executable, "-c", program, "--help"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "clipsorter: stopped.\n")


def test_log_keeps_the_cause_of_a_refusal(tmp_path):
    folder = tmp_path / "no\x1bwhere"
    assert run(["classify", str(folder), "-c", "dog"]) == 2
    log = (paths.log_dir() / "clipsorter.log").read_text(encoding="utf-8")
    assert "INFO clipsorter.cli.app: refused: " in log
    assert "Traceback" in log


def test_messages_do_not_pass_control_characters_to_the_terminal(tmp_path, capsys):
    assert run(["classify", str(tmp_path / "no\x1bwhere"), "-c", "dog"]) == 2
    assert "no�where" in capsys.readouterr().err


def test_log_folder_that_cannot_be_made_costs_only_the_log(clipsorter_home, capsys):
    (clipsorter_home / "log").write_text("in the way", encoding="utf-8")
    assert run(["classify", "nowhere at all", "-c", "dog"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_help_leaves_no_log(capsys):
    with pytest.raises(SystemExit):
        run(["--help"])
    assert capsys.readouterr().out
    assert not paths.log_dir().exists()

"""The `models` commands as a user types them: exit codes, what is printed where, Ctrl+C, and a quick start."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clipsorter import paths
from clipsorter.cli.app import run
from clipsorter.clip.catalog import catalog
from clipsorter.settings import Settings, save_settings
from tests import model_server as server
from tests.model_server import ModelServer, serving
from tests.tiny_catalog import FILES, tiny_catalog
from tests.tiny_clip import make_twin, write_checkpoint

ROOT = Path(__file__).parents[2]
FILE = FILES["ViT-B/32"]

# The real command line, in a program of its own, with the small files as the published ones.
PROGRAM = """
import signal, sys
from pathlib import Path
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the tests run in the background
from clipsorter.cli.app import run
from tests.tiny_catalog import tiny_catalog
with tiny_catalog(Path(sys.argv[1])):
    code = run(sys.argv[2:])
print("torch" in sys.modules, "numpy" in sys.modules)
sys.exit(code)
"""


@pytest.fixture(autouse=True)
def published(tmp_path, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "CLIPSORTER_MODELS_URL"):
        monkeypatch.delenv(name, raising=False)
    with tiny_catalog(tmp_path):
        yield


def start(tmp_path, *arguments, **streams):
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), *arguments]
    return subprocess.Popen(command, cwd=ROOT, **({"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams))


def put(model_id, data=None):
    paths.models_dir().mkdir(parents=True, exist_ok=True)
    path = paths.models_dir() / catalog()[model_id].file
    path.write_bytes(FILES[model_id] if data is None else data)
    return path


def listed(capsys):
    """Return the rows of `models list`, by id."""
    assert run(["models", "list"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["id", "size", "state", "knows"]
    return {row[0]: row[1:] for row in rows[1:]}


def test_list_tells_the_state_of_every_model(capsys, checkpoint):
    assert listed(capsys)["starter"][1] == "built in, the default"
    put("ViT-B/32")
    put("RN50", b"half")
    (paths.models_dir() / "ViT-L-14.pt.part").write_bytes(bytes(2**20))
    run(["models", "import", str(checkpoint), "--id", "own"])
    capsys.readouterr()
    rows = listed(capsys)
    assert {id_: row[1] for id_, row in rows.items()} == {
        "starter": "built in",
        "RN50": "damaged",
        "ViT-B/32": "ready, the default",
        "ViT-L/14": "1 MB fetched",
        "own": "ready",
    }
    assert rows["ViT-B/32"][::2] == ["1 MB", catalog()["ViT-B/32"].knows]


@pytest.fixture
def checkpoint(tmp_path):
    return write_checkpoint(make_twin("vit"), tmp_path / "trained here.pt", "state_dict")


def test_list_and_download_leave_torch_alone(tmp_path):
    with serving(ModelServer(FILE)) as site:
        for arguments in (["list"], ["download", "ViT-B/32", "--from", site.url], ["verify"]):
            out, err = start(tmp_path, "models", *arguments).communicate()
            assert out.decode().splitlines()[-1] == "False False", err.decode()


def test_download_says_how_far_it_is_and_where_the_file_is(capsys):
    with serving(ModelServer(FILE)) as site:
        assert run(["models", "download", "vit-b-32", "--from", site.url]) == 0
        path = paths.models_dir() / "ViT-B-32.pt"
        out, err = capsys.readouterr()
        assert out == f"CLIP ViT-B/32 is ready: {path}\n"
        assert err.splitlines()[0].startswith("ViT-B/32: 0 % of 0 MB, ")
        assert err.splitlines()[-1].startswith("ViT-B/32: 100 % of 0 MB, ")
        assert path.read_bytes() == FILE
        assert run(["models", "download", "ViT-B/32", "--from", site.url]) == 0
        assert capsys.readouterr() == (f"CLIP ViT-B/32 is here already: {path}\n", "")
        assert len(site.paths) == 1


def test_address_comes_from_the_option_then_the_environment_then_the_settings(monkeypatch, capsys):
    def fails_at(*options):
        assert run(["models", "download", "RN50", *options]) == 2
        return capsys.readouterr().err

    save_settings(Settings(download_url="settings:"))
    assert "'settings:' is no address" in fails_at()
    monkeypatch.setenv("CLIPSORTER_MODELS_URL", "environment:")
    assert "'environment:' is no address" in fails_at()
    assert "'option:' is no address" in fails_at("--from", "option:")


def test_file_that_another_program_left_is_not_fetched_again(capsys):
    paths.openai_cache_dir().mkdir(parents=True)
    left = paths.openai_cache_dir() / "ViT-B-32.pt"
    left.write_bytes(FILE)
    assert run(["models", "download", "ViT-B/32", "--from", "http://models.invalid"]) == 0
    assert capsys.readouterr().out == f"CLIP ViT-B/32 is here already: {left}\n"
    assert listed(capsys)["ViT-B/32"][1] == "ready in ~/.cache/clip, the default"


def test_breaks_and_refusals_are_told_on_stderr(capsys):
    with serving(ModelServer(FILE, server.breaking(1000), server.status(404))) as site:
        assert run(["models", "download", "ViT-B/32", "--from", site.url]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "broke off after 0 MB of 0 MB. Trying again in 1 s.\n" in err
    assert err.splitlines()[-1].startswith("clipsorter: 127.0.0.1 does not have this model: 404")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["download", "vit-b32"], "Did you mean ViT-B/32?"),
        (["remove", "starter"], "is part of the program"),
        (["verify", "RN50"], "models download RN50"),
        (["remove", "RN50"], "nothing to remove"),
        (["import", "nothing.pt"], "is not a file"),
    ],
)
def test_impossible_request_is_one_sentence_and_exit_code_2(capsys, arguments, sentence):
    assert run(["models", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
    assert err.count("\n") == 1


def test_import_verify_and_remove_go_together(capsys, checkpoint):
    assert run(["models", "import", str(checkpoint), "--activation", "gelu"]) == 0
    assert "is ready as trained-here: " in capsys.readouterr().out
    assert run(["models", "download", "trained-here"]) == 2
    assert "was imported from a file" in capsys.readouterr().err
    file = paths.models_dir() / "trained-here.pt"
    assert run(["models", "verify"]) == 0
    assert capsys.readouterr().out == f"trained-here\tintact\t{file}\n"
    file.write_bytes(b"rotten")
    assert run(["models", "verify", "trained-here"]) == 1
    out, err = capsys.readouterr()
    assert out == f"trained-here\tdamaged\t{file}\n"
    assert "damaged file is not used" in err
    assert run(["models", "remove", "trained-here"]) == 0
    assert capsys.readouterr().out == f"Removed {file}\nRemoved {file.with_suffix('.json')}\n"
    assert list(listed(capsys)) == list(catalog())


def test_import_of_a_published_file_says_which_it_is(capsys, tmp_path):
    (tmp_path / "file.bin").write_bytes(FILE)
    assert run(["models", "import", str(tmp_path / "file.bin")]) == 0
    assert capsys.readouterr().out.endswith("file.bin is the published CLIP ViT-B/32; it is ready as ViT-B/32.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to another program")
def test_interrupted_download_says_that_it_goes_on_from_there(tmp_path):
    with serving(ModelServer(FILE, server.gated(100_000), server.ranged)) as site:
        with start(tmp_path, "models", "download", "ViT-B/32", "--from", site.url) as first:
            assert b"ViT-B/32: 0 %" in first.stderr.readline()
            first.send_signal(signal.SIGINT)
            err = first.communicate()[1].decode()
        assert first.returncode == 130
        assert err.splitlines()[-1] == "Stopped at 0 MB. The same command goes on from there."
        site.gate.set()
        with start(tmp_path, "models", "download", "ViT-B/32", "--from", site.url) as second:
            second.communicate()
        assert second.returncode == 0
    assert (paths.models_dir() / "ViT-B-32.pt").read_bytes() == FILE


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_terminal_gets_a_bar_and_a_table(tmp_path):
    import pty

    def on_a_terminal(*arguments):
        ours, theirs = pty.openpty()
        with start(tmp_path, *arguments, stdout=theirs, stderr=theirs) as program:
            os.close(theirs)
            shown = b""
            try:
                while piece := os.read(ours, 65536):
                    shown += piece
            except OSError:  # so Linux says that the other side has closed
                pass
        os.close(ours)
        return program.returncode, shown.decode()

    with serving(ModelServer(FILE)) as site:
        code, shown = on_a_terminal("models", "download", "ViT-B/32", "--from", site.url)
    assert code == 0
    assert "\x1b[" in shown
    assert "━" in shown
    code, shown = on_a_terminal("models", "list")
    assert code == 0
    assert "What it knows" in shown
    assert "\t" not in shown


def test_help_names_the_commands_and_wrong_use_exits_with_2(capsys):
    with pytest.raises(SystemExit) as left:
        run(["models", "--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("list", "download", "import", "verify", "remove"))
    for arguments in ([], ["fetch"], ["download"], ["import", "x", "--activation", "relu"]):
        with pytest.raises(SystemExit) as left:
            run(["models", *arguments])
        assert left.value.code == 2

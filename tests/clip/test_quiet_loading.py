"""Loading torch leaves other threads alone, and leaves nothing behind but torch."""

import gc
import subprocess
import sys
import weakref

import pytest

from clipsorter.clip.encoder import load_encoder
from clipsorter.clip.quiet_loading import quiet_loading


def run(program):
    return subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout


@pytest.mark.skipif(sys.platform != "linux", reason="what is loaded is listed in /proc")
def test_libraries_of_torch_are_there_before_its_import_begins():
    program = """
import sys
from pathlib import Path
from clipsorter.clip.quiet_loading import quiet_loading
with quiet_loading():
    assert "torch" not in sys.modules
    print("libtorch_python" in Path("/proc/self/maps").read_text())
    import torch
print(torch.ones(2).sum().item())
"""
    assert run(program).split() == ["True", "2.0"]


def test_torch_without_libraries_of_its_own_is_left_to_its_import(tmp_path):
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("here = True", encoding="utf-8")
    program = f"""
import sys
sys.path.insert(0, {str(tmp_path)!r})
from clipsorter.clip.quiet_loading import quiet_loading
with quiet_loading():
    import torch
print(torch.here)
"""
    assert run(program).split() == ["True"]


def test_garbage_is_collected_again_also_after_a_failure():
    with pytest.raises(KeyError), quiet_loading():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()


def test_model_that_is_let_go_is_freed_at_once():
    encoder = load_encoder("starter")
    network = weakref.ref(encoder._network)
    del encoder
    assert network() is None

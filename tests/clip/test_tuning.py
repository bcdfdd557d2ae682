"""Threads and batches: measured once, remembered for this machine and this model."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
import torch

from clipsorter.clip import tuning
from clipsorter.clip.catalog import catalog
from clipsorter.clip.clip_encoder import ClipEncoder
from clipsorter.clip.encoder import load_network
from clipsorter.clip.tuning import Tuning, tune, usable_cores
from clipsorter.paths import cache_dir


@pytest.fixture(autouse=True)
def torch_threads():
    """Leave the threads of the process as they were."""
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


class CountingEncoder(ClipEncoder):
    """A small network that counts its calls."""

    calls = 0

    def embed(self, pixels):
        self.calls += 1
        return super().embed(pixels)


@pytest.fixture
def encoder(checkpoint_file):
    card = replace(catalog()["ViT-B/32"], resolution=64)
    return CountingEncoder(load_network(checkpoint_file, "quickgelu", "cpu")[0], card, "cpu")


def test_tuning_keeps_to_the_cores(encoder):
    found = tune(encoder)
    assert found.threads == 1  # a small network keeps no thread for long
    assert found.encoders == found.decoders == usable_cores()
    assert 1 <= found.batch <= 16
    assert torch.get_num_threads() == found.threads


def test_threads_that_embed_later_keep_to_the_tuning(encoder):
    tune(encoder)
    seen = []

    def work():
        encoder.embed(torch.zeros(1, 64, 64, 3, dtype=torch.uint8).numpy())
        seen.append(torch.get_num_threads())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [1]


def test_second_time_nothing_is_measured(encoder):
    found = tune(encoder)
    calls = encoder.calls
    assert calls > 0
    torch.set_num_threads(2)
    assert tune(encoder) == found
    assert encoder.calls == calls
    assert torch.get_num_threads() == found.threads


class FullGpu(CountingEncoder):
    """Takes the CPU for a GPU that has no memory left."""

    def _encode_pictures(self, pixels, model):
        if self.device != "cpu":
            raise RuntimeError("MPS backend out of memory (MPS allocated: 8.97 GB)")
        return super()._encode_pictures(pixels, model)


def test_network_that_left_a_full_gpu_is_tuned_for_the_cpu(encoder):
    found = tune(FullGpu(encoder._model, encoder.card, "mps"))
    assert found.encoders == usable_cores()
    assert tune(encoder) == found


@pytest.mark.parametrize(("own", "wanted"), [(None, "PASSIVE"), ("ACTIVE", "ACTIVE")])
def test_waiting_threads_sleep_unless_the_user_wants_otherwise(own, wanted):
    environment = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}
    code = "import os, sys, clipsorter.clip; assert 'torch' not in sys.modules; print(os.environ['OMP_WAIT_POLICY'])"
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | ({"OMP_WAIT_POLICY": own} if own else {}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == wanted


@pytest.mark.parametrize(
    "entry",
    [
        {"threads": 1, "batch": 8, "encoders": 2},
        {"threads": 1, "batch": 8, "encoders": 2, "decoders": 0},
        {"threads": 1, "batch": "8", "encoders": 2, "decoders": 2},
        {"threads": 1, "batch": True, "encoders": 2, "decoders": 2},
        [1, 8, 2, 2],
        None,
    ],
)
def test_damaged_entry_is_measured_again(encoder, entry):
    found = tune(encoder)
    path = cache_dir() / "tuning.json"
    memory = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(dict.fromkeys(memory, entry)), encoding="utf-8")
    calls = encoder.calls
    assert replace(tune(encoder), batch=found.batch) == found
    assert encoder.calls > calls
    assert json.loads(path.read_text(encoding="utf-8")).keys() == memory.keys()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null"])
def test_damaged_file_is_measured_again(encoder, content):
    cache_dir().mkdir(parents=True)
    path = cache_dir() / "tuning.json"
    path.write_bytes(content)
    found = tune(encoder)
    assert next(iter(json.loads(path.read_text(encoding="utf-8")).values()))["batch"] == found.batch


def test_cache_that_cannot_be_written_costs_only_time(encoder):
    cache_dir().parent.mkdir(parents=True, exist_ok=True)
    cache_dir().write_text("a file where the folder should be", encoding="utf-8")
    assert tune(encoder).batch >= 1


def test_each_model_device_and_machine_has_its_own(encoder, monkeypatch):
    names = {tuning._name("tuning", encoder)}
    names.add(tuning._name("tuning", ClipEncoder(encoder._model, catalog()["RN50"], "cpu")))
    names.add(tuning._name("tuning", ClipEncoder(encoder._model, encoder.card, "mps")))
    monkeypatch.setattr(tuning, "usable_cores", lambda: 64)
    names.add(tuning._name("tuning", encoder))
    assert len(names) == 4


@pytest.mark.parametrize(
    ("single_s", "cores", "wanted"),
    [
        (0.04, 2, Tuning(1, 4, 2, 2)),  # ViT-B/32
        (0.04, 16, Tuning(1, 4, 16, 16)),
        (0.65, 2, Tuning(2, 1, 1, 2)),  # ViT-L/14
        (0.65, 8, Tuning(3, 1, 2, 8)),
        (30.0, 8, Tuning(8, 1, 1, 8)),
    ],
)
def test_picture_that_takes_long_gets_more_threads(encoder, monkeypatch, single_s, cores, wanted):
    """Times as on an imagined machine, where larger batches help up to four pictures."""
    monkeypatch.setattr(tuning, "usable_cores", lambda: cores)
    monkeypatch.setattr(tuning, "_seconds", lambda _, batch, __: single_s * (batch if batch >= 4 else batch * 1.1))
    monkeypatch.setattr(torch, "set_num_threads", lambda _: None)
    assert tuning.measure(encoder) == wanted

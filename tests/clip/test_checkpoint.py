"""A checkpoint is data: damaged, hostile and foreign files end in one sentence, and nothing in them runs."""

import io
import os
import pickle
import zipfile

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file

from clipsorter.clip.checkpoint import build_model, read_checkpoint
from clipsorter.errors import CheckpointError
from tests.tiny_clip import make_twin, write_checkpoint

pytestmark = pytest.mark.filterwarnings("ignore")  # tracing is deprecated, and warns of many things


class MakesFile:
    """Unpickled by a careless reader, makes a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write_checkpoint(make_twin("vit"), tmp_path_factory.mktemp("archive") / "model.pt", "torchscript")


def rewrite(source, target, change, compression=zipfile.ZIP_STORED):
    """Copy a zip, with `change(short name, bytes)` giving each record's new bytes, or None to drop it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", compression) as new:
        for name in old.namelist():
            data = change(name.partition("/")[2], old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


def test_the_trap_works_on_a_careless_reader(tmp_path):
    pickle.loads(pickle.dumps(MakesFile(tmp_path / "ran")))
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize("new_format", [True, False])
@pytest.mark.parametrize("wrap", [lambda evil: evil, lambda evil: {"state_dict": {"visual.proj": evil}}])
def test_state_dict_that_runs_code_is_refused(tmp_path, wrap, new_format):
    torch.save(wrap(MakesFile(tmp_path / "ran")), tmp_path / "evil.pt", _use_new_zipfile_serialization=new_format)
    with pytest.raises(CheckpointError, match="run code"):
        read_checkpoint(tmp_path / "evil.pt")
    assert not (tmp_path / "ran").exists()


def test_plain_pickle_that_runs_code_is_refused(tmp_path):
    (tmp_path / "evil.pth").write_bytes(pickle.dumps(MakesFile(tmp_path / "ran")))
    with pytest.raises(CheckpointError):
        read_checkpoint(tmp_path / "evil.pth")
    assert not (tmp_path / "ran").exists()


def test_archive_whose_pickle_runs_code_is_refused(tmp_path, archive):
    evil = pickle.dumps(MakesFile(tmp_path / "ran"))
    rewrite(archive, tmp_path / "evil.pt", lambda name, data: evil if name == "data.pkl" else data)
    with pytest.raises(CheckpointError, match="posix.mkdir|nt.mkdir"):
        read_checkpoint(tmp_path / "evil.pt")
    assert not (tmp_path / "ran").exists()


def test_program_and_constants_of_an_archive_are_never_read(tmp_path, archive):
    evil = pickle.dumps(MakesFile(tmp_path / "ran"))

    def change(name, data):
        return evil if name == "constants.pkl" else b"not a program" if name.startswith("code/") else data

    changed = read_checkpoint(rewrite(archive, tmp_path / "odd.pt", change))
    original = read_checkpoint(archive)
    assert all(torch.equal(original.state[name], tensor) for name, tensor in changed.state.items())
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "program",
    [
        b"cbuiltins\neval\n(S'1'\ntR.",
        b"ctorch\nload\n(S'x'\ntR.",
        b"ctorch._utils\n_rebuild_tensor_v2\n(S'x'\nI0\n(t(ttR.",
        b"c__torch__\nX\n)\x81(S'a'\nI1\nd(S'__class__'\nI2\nd\x86b.",
        b"(I1\nI2\nI3\nI4\nI5\ntQ.",
        b"c__torch__\nX\n)\x81}b.",
        b"(lp0\ng0\na.",
        b"",
    ],
)
def test_odd_programs_are_refused(tmp_path, archive, program):
    rewrite(archive, tmp_path / "odd.pt", lambda name, data: program if name == "data.pkl" else data)
    with pytest.raises(CheckpointError):
        read_checkpoint(tmp_path / "odd.pt")


def test_storage_shorter_than_it_says_is_refused(tmp_path, archive):
    rewrite(archive, tmp_path / "short.pt", lambda name, data: data[:-4] if name == "data/2" else data)
    with pytest.raises(CheckpointError, match="not as long as it says"):
        read_checkpoint(tmp_path / "short.pt")


@pytest.mark.parametrize("container", ["torchscript", "state_dict"])
def test_compressed_records_are_refused_unopened(tmp_path, container):
    path = write_checkpoint(make_twin("vit"), tmp_path / "model.pt", container)
    rewrite(path, tmp_path / "bomb.pt", lambda _, data: data, zipfile.ZIP_DEFLATED)
    with pytest.raises(CheckpointError, match="compressed"):
        read_checkpoint(tmp_path / "bomb.pt")


def test_tensor_larger_than_its_storage_is_refused(tmp_path):
    path = tmp_path / "model.pt"
    torch.save({"weight": torch.zeros(64, 64)}, path)

    def enlarge(name, data):
        return data.replace(b"K@K@\x86", b"M\xff\x7fK@\x86") if name == "data.pkl" else data

    rewrite(path, tmp_path / "lie.pt", enlarge)
    assert enlarge("data.pkl", zipfile.ZipFile(path).read("model/data.pkl")) != zipfile.ZipFile(path).read(
        "model/data.pkl"
    )
    with pytest.raises(CheckpointError):
        read_checkpoint(tmp_path / "lie.pt")


@pytest.mark.parametrize("container", ["torchscript", "state_dict", "safetensors"])
@pytest.mark.parametrize("kept", [0, 1, 8, 9, 300, 0.5, 0.999])
def test_truncated_file_is_one_sentence(tmp_path, container, kept):
    path = write_checkpoint(make_twin("vit"), tmp_path / "model.pt", container)
    data = path.read_bytes()
    path.write_bytes(data[: kept if isinstance(kept, int) else int(len(data) * kept)])
    with pytest.raises(CheckpointError):
        read_checkpoint(path)


@pytest.mark.parametrize("content", [b"", b"\x80", b"PK\x03\x04", b"GIF89a", b"\xff" * 8 + b"{}", b"a" * 1000])
def test_other_files_are_one_sentence(tmp_path, content):
    (tmp_path / "x.pt").write_bytes(content)
    with pytest.raises(CheckpointError, match=r"x\.pt"):
        read_checkpoint(tmp_path / "x.pt")


def test_missing_file_and_folder_are_one_sentence(tmp_path):
    for path in (tmp_path, tmp_path / "nothing.pt"):
        with pytest.raises(CheckpointError, match="can't be read"):
            read_checkpoint(path)


def state(**changed):
    return {**make_twin("vit").state_dict(), **changed}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"visual.ln_pre.weight": None}, "visual.ln_pre.weight is missing"),
        ({"visual.extra": torch.zeros(1)}, "visual.extra is unknown"),
        ({"visual.ln_pre.weight": torch.zeros(7)}, "contradicts itself"),
        ({"ln_final.weight": None}, "not a CLIP model"),
        ({"visual.conv1.weight": torch.zeros(1280, 3, 14, 14)}, "not one of the nine"),
        ({"vision_model.embeddings": torch.zeros(1)}, "Hugging Face"),
    ],
)
def test_foreign_architecture_is_named(tmp_path, changed, says):
    tensors = {name: tensor.contiguous() for name, tensor in state(**changed).items() if tensor is not None}
    save_file(tensors, tmp_path / "x.safetensors")
    with pytest.raises(CheckpointError, match=says):
        build_model(read_checkpoint(tmp_path / "x.safetensors"), "quickgelu")


@pytest.mark.parametrize("saved", [{}, [1, 2], {"epoch": 3}, torch.zeros(3), {"state_dict": {"a": 1}}])
def test_files_without_weights_are_one_sentence(tmp_path, saved):
    torch.save(saved, tmp_path / "x.pt")
    with pytest.raises(CheckpointError):
        read_checkpoint(tmp_path / "x.pt")


def test_dict_that_holds_itself_is_one_sentence(tmp_path):
    saved = {}
    saved["state_dict"] = saved
    torch.save(saved, tmp_path / "x.pt")
    with pytest.raises(CheckpointError, match="holds no weights"):
        read_checkpoint(tmp_path / "x.pt")


@pytest.mark.parametrize(
    "make_odd",
    [
        torch.Tensor.to_sparse,
        torch.Tensor.to_sparse_csr,
        lambda tensor: torch.quantize_per_tensor(tensor, 0.1, 0, torch.qint8),
        lambda tensor: tensor.to("meta"),
        lambda tensor: torch.nested.nested_tensor([tensor[0], tensor[1, :2]]),
    ],
    ids=["sparse", "csr", "quantized", "meta", "nested"],
)
def test_odd_tensors_are_one_sentence(tmp_path, make_odd):
    torch.save(state(**{"visual.proj": make_odd(torch.eye(3))}), tmp_path / "x.pt")
    with pytest.raises(CheckpointError):
        read_checkpoint(tmp_path / "x.pt")


@pytest.fixture(scope="module")
def small_archives():
    """Return the bytes of a small TorchScript archive and of a small state dict: quick to damage and read."""
    traced, plain = io.BytesIO(), io.BytesIO()
    torch.jit.save(torch.jit.trace(torch.nn.Linear(3, 2), torch.zeros(1, 3)), traced)
    torch.save(torch.nn.Linear(3, 2).state_dict(), plain)
    return traced.getvalue(), plain.getvalue()


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_archive_never_raises_anything_else(small_archives, tmp_path_factory, data):
    damaged = bytearray(data.draw(st.sampled_from(small_archives)))
    start = damaged.find(b"data.pkl")
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(0, len(damaged) - 1) | st.integers(start, start + 600))
        damaged[min(position, len(damaged) - 1)] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.pt"
    path.write_bytes(damaged)
    with pytest.raises(CheckpointError):  # it is no CLIP model, if it is whole after all
        read_checkpoint(path)

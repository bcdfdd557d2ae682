"""From a folder of 12-megapixel JPEGs to vectors: ours, exact and in int8, against the workflow as people write it.

That workflow: open_clip, each photo opened by Pillow at full size, open_clip's transform, batches of 16, one loop. All
three use the same seeded random weights of ViT-B/32 and take turns over the same folder, ours without an index. The
table gives medians; below it, what each step costs on one thread (by the time that the thread computes), and how near
the pipeline comes to what the cores could do at best. Our threads sleep while they wait, and so do the workflow's,
which share the process: on an idle machine that costs it 4 %, on a busy one it spares it much more.

Random weights are tame: int8 keeps less of a trained network's cosine, which `try_fast` measures on the user's photos.

usage: python -m tests.benchmarks.end_to_end [--count N] [--rounds N] [--photos FOLDER] [--json FILE]
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipsorter.analyse import Embedded, Failed, analyse
from clipsorter.clip.clip_encoder import ClipEncoder
from clipsorter.clip.encoder import load_encoder
from clipsorter.clip.importing import import_model
from clipsorter.clip.tuning import _processor, thread_clock, tune, usable_cores
from clipsorter.photos.decode import decode

import open_clip  # isort: skip  (after clipsorter.clip, which tells torch's threads to sleep)
import torch  # isort: skip

from tests.benchmarks.seeded import HEIGHT, WIDTH, open_clip_model, write_camera_photos  # isort: skip

BATCH = 16  # of the workflow
Vectors = dict[str, NDArray[np.float32]]


class Workflow:
    """What a script that people share does."""

    def __init__(self) -> None:
        self._model = open_clip_model("ViT-B/32")
        mean, std = open_clip.OPENAI_DATASET_MEAN, open_clip.OPENAI_DATASET_STD
        self.transform = open_clip.image_transform(224, is_train=False, mean=mean, std=std)

    def encode(self, pictures: list[torch.Tensor]) -> NDArray[np.float32]:
        with torch.no_grad():
            features = self._model.encode_image(torch.stack(pictures))
            return (features / features.norm(dim=-1, keepdim=True)).numpy()

    def run(self, folder: Path) -> Vectors:
        paths, vectors = sorted(folder.iterdir()), {}
        for first in range(0, len(paths), BATCH):
            part = paths[first : first + BATCH]
            found = self.encode([self.transform(Image.open(path).convert("RGB")) for path in part])
            vectors |= {path.name: vector for path, vector in zip(part, found, strict=True)}
        return vectors

    def save(self, path: Path) -> Path:
        torch.save(self._model.state_dict(), path)
        return path


def ours(folder: Path, encoder: ClipEncoder) -> Vectors:
    """Run the pipeline, without an index, and gather its vectors."""
    vectors: Vectors = {}
    for event in analyse(folder, encoder):
        if isinstance(event, Embedded):
            vectors |= {photo.path.name: vector for photo, vector in zip(event.photos, event.embeddings, strict=True)}
        assert not isinstance(event, Failed), event
    return vectors


def step_ms(work: Callable[[], object], repeats: int = 9) -> float:
    """Return what one thread computes for it, in milliseconds: the median, after one to warm up."""
    work()
    times_s = []
    for _ in range(repeats):
        begin_s = thread_clock()
        work()
        times_s.append(thread_clock() - begin_s)
    return 1000 * statistics.median(times_s)


def steps(paths: list[Path], workflow: Workflow, encoders: dict[str, ClipEncoder]) -> dict[str, dict[str, float]]:
    """Measure each step alone, on one thread, in milliseconds a photo."""
    torch.set_num_threads(1)
    path, found = paths[0], {}
    picture = Image.open(path).convert("RGB")
    pictures = [workflow.transform(picture)] * BATCH
    found["workflow"] = {
        "decode": step_ms(lambda: Image.open(path).convert("RGB")),
        "preprocess": step_ms(lambda: workflow.transform(picture)),
        "encode": step_ms(lambda: workflow.encode(pictures), 5) / BATCH,
    }
    for name, encoder in encoders.items():
        side = encoder.card.resolution
        small = decode(path, side)
        batch = tune(encoder).batch
        pixels = np.stack([encoder.preprocess(small)] * batch)
        found[name] = {
            "decode": step_ms(lambda side=side: decode(path, side)),
            "preprocess": step_ms(lambda encoder=encoder, small=small: encoder.preprocess(small)),
            "encode": step_ms(lambda encoder=encoder, pixels=pixels: encoder.embed(pixels)) / batch,
        }
    return found


def load_both(weights: Path, paths: list[Path]) -> dict[str, ClipEncoder]:
    """Import the weights as a user would, load them twice, and try int8 on the first photos."""
    import_model(weights, "seeded")
    encoders = {}
    for name in ("exact", "int8"):
        encoder = load_encoder("seeded", device="cpu")
        assert isinstance(encoder, ClipEncoder)
        encoders[name] = encoder
    first = [paths[number % len(paths)] for number in range(32)]
    trial = encoders["int8"].try_fast(
        np.stack([encoders["int8"].preprocess(decode(path, encoders["int8"].card.resolution)) for path in first])
    )
    print(trial.reason)
    if not trial.accepted:
        del encoders["int8"]
    for name, encoder in encoders.items():
        begin_s = time.perf_counter()
        print(f"{name}: {tune(encoder)}, measured in {time.perf_counter() - begin_s:.1f} s")
    return encoders


def gather(folder: Path, count: int, source: Path | None) -> list[Path]:
    """Write generated photos, or those of a folder at 12 megapixels, as often as it takes."""
    folder.mkdir()
    if source is None:
        return write_camera_photos(folder, count)
    paths = []
    found = sorted(path for path in source.iterdir() if path.suffix.lower() in (".jpg", ".jpeg"))
    for number in range(count):
        photo = Image.open(found[number % len(found)]).convert("RGB")
        size = (WIDTH, HEIGHT) if photo.width > photo.height else (HEIGHT, WIDTH)
        grain = np.random.default_rng(number).normal(0, 4, (size[1], size[0], 1))
        pixels = np.asarray(photo.resize(size, Image.Resampling.BICUBIC)) + grain
        paths.append(folder / f"IMG_{number:04}.JPG")
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(paths[-1], "JPEG", quality=90)
    return paths


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--photos", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    cores = usable_cores()
    with tempfile.TemporaryDirectory() as home:
        os.environ["CLIPSORTER_HOME"] = home
        folder = Path(home) / "photos"
        paths = gather(folder, options.count, options.photos)
        megabytes = statistics.mean(path.stat().st_size for path in paths) / 1e6
        print(f"{_processor()}, {cores} cores, torch {torch.__version__}; {len(paths)} photos of {megabytes:.1f} MB")
        workflow = Workflow()
        encoders = load_both(workflow.save(Path(home) / "seeded.pt"), paths)
        report = compare(folder, workflow, encoders, options.rounds)
        report["steps_ms"] = steps(paths, workflow, encoders)
        shutil.rmtree(folder)
    print_report(report, cores)
    if options.json:
        options.json.write_text(json.dumps(report, indent=1), encoding="utf-8")


def compare(folder: Path, workflow: Workflow, encoders: dict[str, ClipEncoder], rounds: int) -> dict[str, dict]:
    """Let all take turns over the folder; return times, ratios and cosines."""
    count = len(list(folder.iterdir()))
    times_s: dict[str, list[float]] = {"workflow": []} | {name: [] for name in encoders}
    vectors: dict[str, Vectors] = {}
    for _ in range(rounds):
        torch.set_num_threads(usable_cores())
        begin_s = time.perf_counter()
        vectors["workflow"] = workflow.run(folder)
        times_s["workflow"].append(time.perf_counter() - begin_s)
        for name, encoder in encoders.items():
            tune(encoder)
            begin_s = time.perf_counter()
            vectors[name] = ours(folder, encoder)
            times_s[name].append(time.perf_counter() - begin_s)
    report: dict[str, dict] = {"s_a_photo": {}, "times_the_workflow": {}, "least_cosine": {}, "mean_cosine": {}}
    wanted = vectors["workflow"]
    for name, values in times_s.items():
        assert vectors[name].keys() == wanted.keys()
        cosines = [float(vectors[name][photo] @ wanted[photo]) for photo in wanted]
        report["s_a_photo"][name] = statistics.median(values) / count
        report["times_the_workflow"][name] = statistics.median(
            theirs / mine for theirs, mine in zip(times_s["workflow"], values, strict=True)
        )
        report["least_cosine"][name], report["mean_cosine"][name] = min(cosines), statistics.mean(cosines)
    everything = np.stack(list(wanted.values()))
    others = (everything @ everything.T)[~np.eye(count, dtype=bool)]
    report["between_photos"] = {"mean": float(others.mean()), "most": float(others.max())}
    return report


def print_report(report: dict[str, dict], cores: int) -> None:
    print(f"\n{'':10} {'ms a photo':>10} {'photos/s':>9} {'times':>6} {'least cosine':>13} {'mean cosine':>12}")
    for name, seconds in report["s_a_photo"].items():
        print(
            f"{name:10} {1000 * seconds:10.1f} {1 / seconds:9.1f} {report['times_the_workflow'][name]:6.2f} "
            f"{report['least_cosine'][name]:13.5f} {report['mean_cosine'][name]:12.5f}"
        )
    between = report["between_photos"]
    print(f"(between different photos the cosine is {between['mean']:.3f} on average, {between['most']:.3f} at most)")
    print(
        f"\n{'one thread':10} {'decode':>8} {'preprocess':>11} {'encode':>8} {'sum, ms':>8} | at best, on {cores} cores"
    )
    for name, parts in report["steps_ms"].items():
        total = sum(parts.values())
        at_best = (
            total / cores if name != "workflow" else parts["decode"] + parts["preprocess"] + parts["encode"] / cores
        )
        reached = at_best / (1000 * report["s_a_photo"][name])
        print(
            f"{name:10} {parts['decode']:8.1f} {parts['preprocess']:11.1f} {parts['encode']:8.1f} {total:8.1f} "
            f"| {at_best:.1f} ms a photo, of which {100 * reached:.0f} % was reached"
        )


if __name__ == "__main__":
    main()

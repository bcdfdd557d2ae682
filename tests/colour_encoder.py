"""An encoder that knows three words, by the mean colour of a picture: quick, and right on drawn pictures."""

import numpy as np
from PIL import Image

from clipsorter.clip.catalog import ModelCard
from clipsorter.clip.encoder import Scores

WORDS = {"red": (1, 0, 0), "green": (0, 1, 0), "blue": (0, 0, 1)}


class ColourEncoder:
    card = ModelCard("colour", "Colour", "three colours", 16, 3, min_probability=0.5, min_margin=0.1)
    device = "cpu"
    key = "colour"

    def __init__(self):
        self.batches = []

    def preprocess(self, image):
        return np.array(image.resize((16, 16)))

    def embed(self, pixels):
        self.batches.append(len(pixels))
        means = pixels.reshape(len(pixels), -1, 3).mean(axis=1).astype(np.float32) + 1e-3
        return means / np.linalg.norm(means, axis=1, keepdims=True)

    def unknown(self, categories):
        return [category.name for category in categories if category.name not in WORDS]

    def prepare(self, embeddings, deadline_s):
        return True

    def score(self, embeddings, categories):
        words = np.array([WORDS[category.name] for category in categories], dtype=np.float32)
        similarity = embeddings @ words.T
        probability = np.exp(8 * similarity)
        probability /= probability.sum(axis=1, keepdims=True)
        return Scores(similarity, probability, np.zeros(len(embeddings), dtype=bool))

    def relevance(self, embeddings, sought):
        words = [weight * np.array(WORDS.get(phrase, (0, 0, 0)), np.float32) for phrase, weight in sought.phrases]
        likes = [weight * photo for photo, weight in zip(sought.photos, sought.photo_weights, strict=True)]
        return embeddings @ np.sum([np.zeros(3, np.float32), *words, *likes], axis=0)

    def shelf(self):
        return ColourShelf(self)

    def example_space(self, embeddings):
        return embeddings

    def compare(self, embeddings, examples):
        return embeddings @ examples.T


class ColourShelf:
    is_exact = True

    def __init__(self, encoder):
        self._encoder, self._vectors = encoder, np.empty((0, 3), np.float32)

    def __len__(self):
        return len(self._vectors)

    def add(self, embeddings):
        self._vectors = np.concatenate([self._vectors, embeddings])

    def relevance(self, sought):
        return self._encoder.relevance(self._vectors, sought)


def draw(folder, **colours):
    """Draw small PNGs of one colour each."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, colour in colours.items():
        Image.new("RGB", (40, 30), colour).save(folder / f"{name}.png")


def draw_many(folder, count):
    """Draw PNGs that differ in every pixel."""
    folder.mkdir(parents=True, exist_ok=True)
    generator = np.random.default_rng(0)
    for number in range(count):
        Image.fromarray(generator.integers(0, 256, (24, 24, 3), dtype=np.uint8)).save(folder / f"p{number:05}.png")

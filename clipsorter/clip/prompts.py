"""From a category to the sentences that are compared with photos."""

# CLIP has seen captions, not labels: a bare noun is closer to them inside a caption.
DEFAULT_TEMPLATE = "a photo of a {}"
ENSEMBLE = (
    "a photo of a {}",
    "a photo of the {}",
    "a photo of many {}",
    "a close-up photo of a {}",
    "a photo of a small {}",
    "a photo of a large {}",
    "a bright photo of a {}",
    "a dark photo of a {}",
)
# What a photo shows when it shows none of the user's categories; the best of these must lose. They name nothing that
# could be a category itself.
BACKGROUND = (
    "a photo",
    "a photo of something else",
    "a blurry photo",
    "a photo of a random object",
    "a photo of nothing in particular",
)

# What an ambiguous noun may be a kind of; saying so helps (Radford et al. 2021, section 3.1.4).
KINDS = ("animal", "bird", "vehicle", "machine", "food", "plant", "building", "instrument", "tool", "sport")


def leaf(name: str) -> str:
    """Return the last part of a name in a tree: `Dog` of `Animals/Dog`."""
    return name.rstrip("/").rsplit("/", 1)[-1].strip()


def prompts_of(
    name: str, prompts: tuple[str, ...], templates: tuple[str, ...] = (DEFAULT_TEMPLATE,)
) -> tuple[str, ...]:
    """Return a category's own prompts as written, or else its name inside each template."""
    return prompts or tuple(template.format(leaf(name)) for template in templates)


def kinds_of(name: str) -> list[str]:
    """Return sentences that say what kind of thing a name is: `a crane, a kind of bird`; first by its parent."""
    parent = leaf(name.rpartition("/")[0])
    kinds = dict.fromkeys(filter(None, (parent, *KINDS)))
    return [f"{DEFAULT_TEMPLATE.format(leaf(name))}, a kind of {kind}" for kind in kinds]

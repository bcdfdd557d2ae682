"""What `--help` shows of each command below its options: how it is used."""

import argparse
import shutil
import textwrap

EXAMPLES = {
    "classify": (
        'clipsorter classify ~/Pictures -c dogs cats food "living room"',
        "clipsorter classify ~/Pictures --categories mine.txt --format csv > answers.csv",
    ),
    "sort": (
        "clipsorter sort ~/Pictures ~/Sorted -c dogs cats beach            # the plan only",
        "clipsorter sort ~/Pictures ~/Sorted -c dogs cats beach --apply    # copies the photos",
        "clipsorter sort ~/Pictures ~/Sorted -c dogs --date-folders {year}/{month} --move --apply",
    ),
    "tag": (
        "clipsorter tag ~/Pictures -c Animals/Dog Beach                    # what would be written",
        "clipsorter tag ~/Pictures -c Animals/Dog Beach --preset lightroom --apply",
        "clipsorter tag --remove-run 7 --apply",
    ),
    "keywords": (
        "clipsorter keywords ~/Pictures/IMG_2041.jpg",
        "clipsorter keywords ~/Pictures --import -c Animals/Dog Beach",
    ),
    "search": (
        'clipsorter search ~/Pictures "beach at sunset -people"',
        'clipsorter search "dog*2 snow like:winter/IMG_2041.jpg" --top 50',
    ),
    "similar": ("clipsorter similar winter/IMG_2041.jpg", "clipsorter similar IMG_2041.jpg ~/Pictures --top 50"),
    "duplicates": ("clipsorter duplicates ~/Pictures", "clipsorter duplicates ~/Pictures --format csv"),
    "discover": ("clipsorter discover ~/Pictures", "clipsorter discover ~/Pictures --groups 30"),
    "teach": (
        "clipsorter teach Rex dog1.jpg dog2.jpg dog3.jpg                   # these show Rex",
        "clipsorter teach Rex --not dog9.jpg                               # this one doesn't",
        "clipsorter teach Rex --forget                                     # as if nothing was said",
    ),
    "check": (
        "clipsorter check ~/Pictures -c dogs puppies animals",
        "clipsorter check ~/Pictures --categories mine.txt",
    ),
    "evaluate": (
        "clipsorter evaluate ~/Pictures --labels truth.csv",
        "clipsorter evaluate ~/Pictures --labels truth.csv --examples 3",
    ),
    "undo": ("clipsorter undo", "clipsorter undo 7 --only ~/Pictures/IMG_2041.jpg"),
    "history": ("clipsorter history",),
    "index": ("clipsorter index ~/Pictures", "clipsorter index ~/Pictures --model ViT-B/32 --fast"),
    "library": ("clipsorter library info", "clipsorter library clean"),
    "models": (
        "clipsorter models list",
        "clipsorter models download ViT-B/32",
        "clipsorter models import ~/Downloads/model.safetensors --activation gelu",
    ),
    "doctor": ("clipsorter doctor", "clipsorter doctor --model ViT-B/32"),
}


def show_examples(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Put the examples below the help of each command, line by line; what it does is wrapped as before."""
    width = min(shutil.get_terminal_size().columns - 2, 110)
    for name, parser in commands.choices.items():
        if name in EXAMPLES:
            parser.epilog = "\n".join(("examples:", *(f"  {line}" for line in EXAMPLES[name])))
            parser.description = textwrap.fill(parser.description or "", width)
            parser.formatter_class = argparse.RawDescriptionHelpFormatter

"""Goes the whole way through a packaged Clipsorter, as a user does: on a screen, with keys, and all in one home.

python packaging/journey.py FOLDER_OF_THE_PROGRAM OUT    Linux; Xvfb, xdotool, ImageMagick and strace must be there

The window: open a folder, write categories, teach three photos, look at the plan, sort, undo; look at the keywords,
tag, undo; search, and put what is found first into its category; open the help; hand over a second start. The terminal:
read keywords, history, search. Each step leaves a picture in OUT to be looked at. strace listens to it all: whoever
reaches for a network ends the journey.
"""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import skimage
from PIL import Image

PHOTOS = ("astronaut.png", "camera.png", "chelsea.png", "coffee.png", "page.png", "rocket.jpg")
CATEGORIES = ("people", "cats", "coffee", "documents", "rockets")
TAUGHT = "112"  # the keys for the first three: two with people, then the cat
DISPLAY = ":59"
SIZE = "1400x900"
LINE, FIRST_PHOTO = (118, 791), (336, 195)  # in a window that is opened for the first time
LONGEST_S = 120
DONE = "SELECT count(*) FROM bundles WHERE state = 'done'"
# Of the kernel's families of addresses: files of this machine, and what asks the kernel itself for its own interfaces.
LOCAL = {"AF_UNIX", "AF_LOCAL", "AF_NETLINK", "AF_UNSPEC"}


class Desk:
    """A screen, a home, and the two programs, whose calls to the network are written down."""

    def __init__(self, programs: Path, out: Path, home: Path) -> None:
        self._programs, self._out, self.home = programs, out, home
        self._starts = self._pictures = 0
        (home / "run").mkdir(mode=0o700)
        self._environment = {
            "HOME": str(home), "CLIPSORTER_HOME": str(home / "clipsorter"), "XDG_RUNTIME_DIR": str(home / "run"),
            "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "DISPLAY": DISPLAY,
        }  # fmt: skip

    @contextmanager
    def start(self, name: str, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
        """Start a program under strace; end it where the journey ends before it does."""
        self._starts += 1
        log = self._out / f"network-{self._starts}.txt"
        command = ["strace", "-f", "-e", "trace=network", "-o", str(log), str(self._programs / name), *arguments]
        with subprocess.Popen(
            command, env=self._environment, stdout=subprocess.PIPE, text=True, start_new_session=True
        ) as process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)

    def run(self, *arguments: str) -> str:
        """Run a command of the terminal, and return what it printed."""
        with self.start("clipsorter", *arguments) as process:
            said = process.communicate(timeout=LONGEST_S)[0]
        if process.returncode:
            sys.exit(f"{arguments[0]} ended with {process.returncode}: {said}")
        print(f"$ clipsorter {arguments[0]}\n{said}", end="")
        return said

    def key(self, *keys: str) -> None:
        """Press keys, each for itself."""
        for each in keys:
            self._tool("xdotool", "key", each)
            time.sleep(0.2)

    def click(self, x: int, y: int) -> None:
        """Click on a place of the screen."""
        self._tool("xdotool", "mousemove", str(x), str(y), "click", "1")
        time.sleep(0.3)

    def write(self, text: str) -> None:
        """Type a text."""
        self._tool("xdotool", "type", "--delay", "30", text)

    def focus(self, title: str) -> None:
        """Wait for a window whose title has these words, and give it the keyboard."""
        wait(lambda: self._tool("xdotool", "search", "--onlyvisible", "--name", title) != "", f"the window {title}")
        window = self._tool("xdotool", "search", "--onlyvisible", "--name", title).split()[-1]
        self._tool("xdotool", "windowfocus", window)
        time.sleep(0.5)

    def picture(self, name: str) -> None:
        """Keep what is on the screen when it has come to rest."""
        self._pictures += 1
        path, before = self._out / f"{self._pictures:02}-{name}.png", b""
        end_s = time.monotonic() + 15
        while time.monotonic() < end_s:
            time.sleep(0.7)
            self._tool("import", "-window", "root", str(path))
            with Image.open(path) as now:
                if (pixels := now.tobytes()) == before:
                    break
            before = pixels
        print(f"  {path}")

    def count(self, file: str, query: str) -> int:
        """Count in a database of the program; 0 while it isn't there."""
        path = self.home / "clipsorter" / "data" / file
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
                return int(database.execute(query).fetchone()[0])
        except sqlite3.OperationalError:
            return 0

    def strangers(self) -> list[str]:
        """Return what was said to anyone beyond this machine."""
        lines = [
            line for log in self._out.glob("network-*.txt") for line in log.read_text(errors="replace").split("\n")
        ]
        return [line for line in lines if set(re.findall(r"\bAF_[A-Z0-9]+", line)) - LOCAL]

    def doors(self) -> set[str]:
        """Return the paths of the sockets that were connected to."""
        text = "".join(log.read_text(errors="replace") for log in self._out.glob("network-*.txt"))
        return set(re.findall(r'connect\(\d+, \{sa_family=AF_UNIX, sun_path=@?"([^"]+)"', text))

    def _tool(self, *command: str) -> str:
        environment = os.environ | {"DISPLAY": DISPLAY}
        return subprocess.run(command, env=environment, check=False, capture_output=True, text=True).stdout.strip()


def wait(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so, or end."""
    end_s = time.monotonic() + LONGEST_S
    while not is_so():
        time.sleep(0.2)
        if time.monotonic() > end_s:
            sys.exit(f"Waited in vain for {what}.")


def use_window(desk: Desk, photos: Path) -> None:
    """Go through all that a first hour holds."""
    with desk.start("clipsorter-gui", str(photos)) as program:
        desk.focus("Pictures")
        wait(lambda: desk.count("index.db", "SELECT count(*) FROM embeddings") == len(PHOTOS), "the photos")
        desk.picture("folder")
        desk.click(*LINE)
        desk.write(", ".join(CATEGORIES))
        desk.key("Return")
        desk.picture("categories")
        desk.click(*FIRST_PHOTO)
        desk.key(*TAUGHT)
        wait(lambda: desk.count("decisions.db", "SELECT count(*) FROM labels") >= len(TAUGHT), "what was taught")
        desk.picture("taught")
        sort_and_undo(desk, photos)
        tag_and_undo(desk, photos)
        search(desk)
        desk.key("shift+F1")
        desk.focus("Help")
        desk.picture("help")
        desk.key("Escape")
        start_again(desk, photos)
        desk.key("ctrl+q")
        if program.wait(LONGEST_S):
            sys.exit(f"The window ended with {program.returncode}.")


def sort_and_undo(desk: Desk, photos: Path) -> None:
    """Copy the photos into folders as the plan says, and take it back from the history."""
    desk.key("ctrl+e")
    desk.focus("Sort ")
    desk.picture("plan")
    desk.key("alt+o")
    sorted_ = photos.with_name("Pictures sorted")
    wait(lambda: desk.count("journal.db", DONE) > 0 and not in_flight(desk), "the sort")
    desk.focus("Pictures – Clipsorter")
    desk.picture("sorted")
    print(*(f"  {path.relative_to(photos.parent)}" for path in sorted(sorted_.rglob("*.*"))), sep="\n")
    arrived = {path.name: path.parent.name for path in sorted_.rglob("*.*")}
    if not {("astronaut.png", "people"), ("camera.png", "people"), ("chelsea.png", "cats")} <= set(arrived.items()):
        sys.exit(f"What was taught did not count: {arrived}")
    undo_in_history(desk, "history", lambda: not any(sorted_.rglob("*.*")))
    desk.picture("undone")


def tag_and_undo(desk: Desk, photos: Path) -> None:
    """Write keywords as the dialog shows them, read them as another program would, and take them back."""
    before = {path: path.read_bytes() for path in photos.iterdir()}
    sorts = desk.count("journal.db", DONE)
    desk.key("ctrl+t")
    desk.focus("Tag ")
    desk.picture("keywords")
    desk.key("alt+t")
    wait(lambda: desk.count("journal.db", DONE) > sorts and not in_flight(desk), "the tags")
    desk.focus("Pictures – Clipsorter")
    desk.picture("tagged")
    if "cats" not in desk.run("keywords", str(photos / "chelsea.png")):
        sys.exit("The cat has no keyword.")
    undo_in_history(desk, "tags-in-history", lambda: {path: path.read_bytes() for path in photos.iterdir()} == before)
    desk.picture("tags-undone")


def undo_in_history(desk: Desk, picture: str, is_undone: Callable[[], bool]) -> None:
    """Take the last run back."""
    desk.key("ctrl+h")
    desk.focus("History")
    desk.key("ctrl+Home")
    desk.picture(picture)
    desk.key("alt+u")
    wait(lambda: is_undone() and not in_flight(desk), "the undo")
    desk.key("Escape")
    desk.focus("Pictures – Clipsorter")


def search(desk: Desk) -> None:
    """Look for coffee, and put what is found first into its category."""
    desk.key("ctrl+f")
    desk.write("coffee")
    desk.picture("found")
    desk.key("Return", "Home", "3")
    coffee = (
        "SELECT count(*) FROM labels JOIN photos USING (photo_id) WHERE category = 'coffee' AND is_positive"
        " AND CAST(path AS TEXT) LIKE '%/coffee.png'"
    )
    wait(lambda: desk.count("decisions.db", coffee) == 1, "the coffee that was to be found first")
    desk.key("Escape")
    desk.picture("all-again")


def start_again(desk: Desk, photos: Path) -> None:
    """Start the program a second time: it hands its folder to the window that is open, and ends."""
    second = photos.with_name("Second")
    second.mkdir()
    shutil.copy(photos / "coffee.png", second)
    with desk.start("clipsorter-gui", str(second)) as later:
        if later.wait(LONGEST_S):
            sys.exit("The second start failed.")
    desk.focus("Second")
    desk.picture("second-start")


def in_flight(desk: Desk) -> int:
    """Count the runs that are not over."""
    return desk.count("journal.db", "SELECT count(*) FROM runs WHERE finished_ns IS NULL")


def use_terminal(desk: Desk, photos: Path) -> None:
    """Find in the same home what the window left there."""
    if len(desk.run("history").splitlines()) < len(("sort", "undo", "tag", "undo")):
        sys.exit("The history of the window is not that of the terminal.")
    best = desk.run("search", str(photos), "coffee").splitlines()[0]
    if "coffee.png" not in best:
        sys.exit(f"Coffee was not found: {best}")


def main() -> None:
    """Go."""
    programs, out = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    screen = subprocess.Popen(
        ["Xvfb", DISPLAY, "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp"], stderr=subprocess.DEVNULL
    )
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
            photos = Path(name) / "Pictures"
            photos.mkdir()
            (Path(name) / "home").mkdir()
            for photo in PHOTOS:
                shutil.copy(Path(skimage.__file__).with_name("data") / photo, photos)
            desk = Desk(programs, out, Path(name) / "home")
            use_window(desk, photos)
            use_terminal(desk, photos)
            if strangers := desk.strangers():
                sys.exit("It reached out:\n" + "\n".join(strangers))
            print("nobody was called but", *sorted(desk.doors()))
    finally:
        screen.terminate()
        screen.wait()


if __name__ == "__main__":
    main()

"""Another model while the window is open, in a real window with a real, if small, network."""

import gc
import weakref
from dataclasses import replace

import pytest

from clipsorter.clip.importing import import_model
from clipsorter.errors import UsageError
from clipsorter.settings import Settings
from clipsorter.ui.model_loader import ModelLoader
from clipsorter.ui.photo_table import State

WAIT_MS = 30_000


def states(window):
    return {photo.path.name: window.photos.table.state(row) for row, photo in enumerate(window.photos.table.photos)}


def use(qtbot, window, shown, **changes):
    """Change settings, and wait until all photos were looked at by the model shown."""
    window.session.configure(replace(window.session._settings, **changes))
    qtbot.waitUntil(lambda: window.status.model_words == shown, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    window.categories.add(["cats", "coffee", "elephants"])
    qtbot.waitUntil(lambda: not window.session.is_busy and len(window.photos.table.photos) == 4, timeout=WAIT_MS)
    return window


def test_other_model_looks_at_the_photos_anew_and_the_first_one_remembers(window, checkpoint_file, qtbot):
    import_model(checkpoint_file, "tiny")
    before, guesses = states(window), window.photos.table.guesses(1)
    assert State.SURE in before.values()
    window.photos.label([2], ["elephants"])
    use(qtbot, window, "tiny · CPU · exact", model="tiny")
    assert window.photos.table.state(2) is State.BY_YOU
    assert states(window)["broken.jpg"] is State.FAILED
    assert states(window)["chelsea.png"] in {State.SURE, State.UNSURE}
    assert abs(window.photos.table.guesses(1)[0].probability - guesses[0].probability) > 0.05
    window.photos.label([2], [None])
    use(qtbot, window, "Starter · CPU · exact", model="starter")
    assert states(window) == before
    again = window.photos.table.guesses(1)
    assert [guess.category for guess in again] == [guess.category for guess in guesses]
    assert again[0].probability == pytest.approx(guesses[0].probability, abs=0.01)


def test_nothing_is_kept_of_the_model_before(window, checkpoint_file, qtbot, monkeypatch):
    import_model(checkpoint_file, "tiny")
    use(qtbot, window, "tiny · CPU · exact", model="tiny")
    before = weakref.ref(window.session.worker.loader.model.encoder)
    is_free, load = [], ModelLoader.load

    def look_and_load(self, *options):
        gc.collect()
        is_free.append(before() is None)
        load(self, *options)

    monkeypatch.setattr(ModelLoader, "load", look_and_load)
    window.review.put([2], "cats")
    qtbot.waitUntil(lambda: window.session.worker.judge.has_examples, timeout=WAIT_MS)
    for scope in range(2):
        window.search.scope.setCurrentIndex(scope)
        window.search.box.setText("cat")
        qtbot.waitUntil(lambda: "3" in window.search.words.text(), timeout=WAIT_MS)
        if not scope:
            window.saved.save.trigger()
            qtbot.waitUntil(lambda: window.saved.list.topLevelItem(0).text(1) != "", timeout=WAIT_MS)
        window.search.leave()
    window.saved.list.setCurrentItem(window.saved.list.topLevelItem(0))
    window.saved.remove.trigger()
    use(qtbot, window, "Starter · CPU · exact", model="starter")
    assert is_free == [True]


def test_run_that_was_stopped_goes_on_with_the_other_model(window, checkpoint_file, qtbot):
    import_model(checkpoint_file, "tiny")
    window.session.cancel()
    use(qtbot, window, "tiny · CPU · exact", model="tiny")
    assert State.WAITING not in states(window).values()


def test_newest_choice_counts_while_another_model_is_still_being_loaded(window, checkpoint_file, qtbot):
    import_model(checkpoint_file, "tiny")
    for model in ("tiny", "starter", "tiny", "starter", "tiny"):
        window.session.configure(replace(window.session._settings, model=model))
    use(qtbot, window, "tiny · CPU · exact", model="tiny")
    assert State.WAITING not in states(window).values()


def test_wider_unsure_band_makes_sure_photos_unsure_without_a_run(window, qtbot):
    window.session.configure(replace(window.session._settings, unsure_as_suggested=False, min_probability=1.0))
    qtbot.waitUntil(lambda: states(window)["chelsea.png"] is State.UNSURE, timeout=WAIT_MS)
    assert not window.session.is_busy
    window.session.configure(replace(window.session._settings, unsure_as_suggested=True))
    qtbot.waitUntil(lambda: states(window)["chelsea.png"] is State.SURE, timeout=WAIT_MS)


def test_starter_says_that_it_has_no_fast_mode(window, qtbot):
    window.session.configure(replace(window.session._settings, fast=True))
    qtbot.waitUntil(lambda: "no fast mode" in window.status.model.toolTip(), timeout=WAIT_MS)
    assert window.status.model_words == "Starter · CPU · exact"


def test_fast_mode_is_tried_where_there_are_enough_photos(open_main, checkpoint_file, qtbot, tmp_path):
    from tests.colour_encoder import draw_many

    import_model(checkpoint_file, "tiny")
    draw_many(tmp_path / "few", 5)
    draw_many(tmp_path / "many", 32)
    window = open_main(tmp_path / "few")
    said = []
    window.session.worker.loader.awaited.connect(said.append)
    use(qtbot, window, "tiny · CPU · exact", model="tiny", fast=True)
    assert not any("Trying" in words for words in said)
    window.open_folder(tmp_path / "many")
    qtbot.waitUntil(lambda: any("32 photos" in words for words in said), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    is_fast = window.status.model_words.endswith("fast")
    assert is_fast != ("Fast mode" in window.notices.text)  # this machine decides; a refusal is said
    assert State.WAITING not in states(window).values()


def test_no_model_at_all_is_said_and_ends_the_run(open_main, photos, qtbot, monkeypatch):
    def fail(*_):
        raise UsageError("The models folder can't be read.")

    monkeypatch.setattr("clipsorter.ui.model_loader.load_model", fail)
    window = open_main(photos)
    qtbot.waitUntil(lambda: window.status.model_words == "No model", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    assert window.notices.text == "The models folder can't be read."
    window.rescan()
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    assert len(window.photos.table.photos) == 4
    for of_a_model in (window.actions_.duplicates, window.actions_.discovery, window.actions_.checkup):
        assert not of_a_model.action.isEnabled()
    window.categories.add(["cats"])
    window.actions_.questions.begin("cats")
    assert "No model" in window.actions_.questions.dialog.picture._words  # rather than wait for one


def test_window_closes_while_a_model_is_being_loaded(open_main, photos, qtbot, monkeypatch):
    import threading

    begun, gate = threading.Event(), threading.Event()

    def wait(*_):
        begun.set()
        gate.wait()
        raise UsageError("too late")

    monkeypatch.setattr("clipsorter.ui.model_loader.load_model", wait)
    window = open_main(photos)
    qtbot.waitUntil(begun.is_set, timeout=WAIT_MS)
    window.close()
    assert window.session._thread.isFinished()
    assert window.session.is_loading
    gate.set()


def test_loader_that_is_dropped_tells_nothing(qtbot):
    loader = ModelLoader()
    told = []
    for signal in (loader.announced, loader.missing, loader.failed, loader.settled):
        signal.connect(lambda *_: told.append(True))
    loader.load(Settings(model="starter"), False)
    loader.drop()
    loader.join()
    with qtbot.waitSignal(loader.settled, timeout=WAIT_MS):
        loader.load(Settings(model="starter"), False)
    assert len(told) == 2  # announced and settled, once

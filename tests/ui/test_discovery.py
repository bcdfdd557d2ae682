def test_categories_are_proposed_from_the_photos_and_undone(open_main, photos, qtbot):
    window = open_main(photos)
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        pass
    window.actions_.discovery.action.trigger()
    qtbot.waitUntil(lambda: bool(window.categories.categories()), timeout=20_000)
    names = [category.name for category in window.categories.categories()]
    assert {"cat", "coffee"} & set(names)
    assert names[0] in window.notices.text
    window.actions_.undo.trigger()
    assert window.categories.categories() == []


def test_what_is_named_already_is_not_proposed_again(open_main, photos, qtbot):
    window = open_main(photos)
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        pass
    window.actions_.discovery.action.trigger()
    qtbot.waitUntil(lambda: bool(window.categories.categories()), timeout=20_000)
    before = window.categories.categories()
    window.notices.clear()
    window.actions_.discovery.action.trigger()
    qtbot.waitUntil(window.notices.isVisible, timeout=20_000)
    assert "already" in window.notices.text
    assert window.categories.categories() == before


def test_without_photos_nothing_is_proposed(open_main, tmp_path, qtbot):
    (tmp_path / "empty").mkdir()
    window = open_main(tmp_path / "empty")
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        pass
    window.actions_.discovery.action.trigger()
    qtbot.waitUntil(window.notices.isVisible, timeout=20_000)
    assert window.categories.categories() == []

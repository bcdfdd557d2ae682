import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipsorter.errors import UsageError
from clipsorter.sorting.category import (
    Category,
    format_category,
    meant_lines,
    parse_categories,
    parse_category,
    read_set,
)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("dog", Category("dog")),
        ("  birthday party ", Category("birthday party")),
        ("Animals / Dog", Category("Animals/Dog")),
        ("Rex=a brown dog | a dog on a sofa", Category("Rex", ("a brown dog", "a dog on a sofa"))),
        ("sum=1+1=2", Category("sum", ("1+1=2",))),
        ("dog=", Category("dog")),
        ("dog= | ", Category("dog")),
        ("夕焼け", Category("夕焼け")),
        ("Dogs @60% = a dog | a puppy", Category("Dogs", ("a dog", "a puppy"), 0.6)),
        ("Animals/Dog@ 62.5 %", Category("Animals/Dog", (), 0.625)),
        ("me@home", Category("me@home")),
        ("50% off", Category("50% off")),
        ('"a=b @60%" @5% = c', Category("a=b @60%", ("c",), 0.05)),
        ('"say ""cheese"""', Category('say "cheese"')),
        ('"C" major', Category('"C" major')),
        ("a\n tab\tand\u2028line", Category("a tab and line")),
    ],
)
def test_category_is_read(text, category):
    assert parse_category(text) == category


@pytest.mark.parametrize("text", ["", " ", "=a prompt", "/", "Animals/", "/Dog", "a//b"])
def test_category_without_a_name_is_refused(text):
    with pytest.raises(UsageError, match="no category"):
        parse_category(text)


def test_order_is_kept_and_twins_are_refused():
    assert [category.name for category in parse_categories(["b", "a"])] == ["b", "a"]
    with pytest.raises(UsageError, match="twice"):
        parse_categories(["Dog", "dog=a puppy"])
    with pytest.raises(UsageError, match="no category"):
        parse_categories([])


def test_comments_and_empty_lines_of_a_file_are_left_out():
    assert meant_lines("# mine\n\n dog \n#cat\nfish # not a comment\n") == ["dog", "fish # not a comment"]


def test_threshold_over_100_percent_is_refused():
    with pytest.raises(UsageError, match="0 to 100"):
        parse_category("dog @600%")


def test_category_that_is_off_is_kept_by_the_window_and_a_comment_to_the_terminal():
    text = "# mine\n#~ dogs @60% = a dog\n#~~~~\n#~\ncats\n"
    assert read_set(text) == [Category("dogs", ("a dog",), 0.6, is_on=False), Category("cats")]
    assert meant_lines(text) == ["cats"]
    assert [*map(format_category, read_set(text))] == ["#~ dogs @60% = a dog", "cats"]
    with pytest.raises(UsageError, match="twice"):
        read_set("#~ dogs\nDogs\n")
    assert read_set("# nothing but a comment\n") == []


words = st.text(max_size=8) | st.lists(st.sampled_from('#"=@60%~.a '), max_size=9).map("".join)
names = words.map(lambda text: " ".join(text.replace("/", "").split())).filter(bool)
prompts = words.map(lambda text: " ".join(text.replace("|", "").split())).filter(bool)


@given(
    parts=st.lists(names, min_size=1, max_size=3),
    prompts=st.lists(prompts, max_size=3),
    permille=st.none() | st.integers(0, 1000),
    is_on=st.booleans(),
)
def test_every_category_is_read_as_it_was_written(parts, prompts, permille, is_on):
    category = Category("/".join(parts), tuple(prompts), None if permille is None else permille / 1000, is_on)
    (read,) = read_set(format_category(category))
    assert (read.name, read.prompts, read.is_on) == (category.name, category.prompts, category.is_on)
    assert read.threshold == pytest.approx(category.threshold)

import pytest

from clipsorter.errors import UsageError
from clipsorter.sorting.category import Category, meant_lines, parse_categories, parse_category


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

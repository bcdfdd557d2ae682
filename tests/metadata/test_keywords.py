from hypothesis import given
from hypothesis import strategies as st

from clipsorter.metadata.keywords import Field, keyword_of, keywords_in, with_keywords, without_keywords

DIGIKAM = {
    Field.SUBJECT: ("Mongolia", "Хужирт"),
    Field.HIERARCHICAL: ("Mongolia", "Mongolia|Хужирт"),
    Field.TAGS_LIST: ("Mongolia", "Mongolia/Хужирт"),
}
name = st.text(st.characters(codec="utf-8", exclude_characters="/|", exclude_categories=["Cc"]), min_size=1).filter(
    lambda text: text.strip() == text
)
keyword = st.lists(name, min_size=1, max_size=3).map(tuple)


def test_a_flat_keyword_that_is_a_level_of_a_tree_is_not_one_of_its_own():
    assert keywords_in(DIGIKAM) == [("Mongolia",), ("Mongolia", "Хужирт")]


def test_a_keyword_goes_into_all_fields_as_each_writes_it():
    gain = with_keywords({}, [keyword_of("Animals/Dog")])
    assert gain.new == (("Animals", "Dog"),)
    assert gain.fields == {
        Field.SUBJECT: ("Animals", "Dog"),
        Field.HIERARCHICAL: ("Animals|Dog",),
        Field.TAGS_LIST: ("Animals/Dog",),
    }


def test_what_stands_in_one_field_is_folded_into_all():
    gain = with_keywords({Field.SUBJECT: ("beach",), Field.LAST_KEYWORD: ("Trips/Italy",)}, [("Sea",)])
    assert gain.fields[Field.SUBJECT] == ("beach", "Trips", "Italy", "Sea")
    assert gain.fields[Field.HIERARCHICAL] == ("Trips|Italy", "beach", "Sea")
    assert gain.fields[Field.TAGS_LIST] == ("Trips/Italy", "beach", "Sea")
    assert gain.fields[Field.LAST_KEYWORD] == ("Trips/Italy", "beach", "Sea")
    assert gain.new == (("Sea",),)


def test_iptc_is_left_away_where_there_is_none_and_gets_only_what_is_new():
    assert Field.IPTC not in with_keywords(DIGIKAM, [("Sea",)]).fields
    assert with_keywords({Field.IPTC: ("old",)}, [("A", "B")]).fields[Field.IPTC] == ("old", "A", "B")


def test_case_and_composition_make_no_second_keyword():
    gain = with_keywords({Field.SUBJECT: ("Dogs", "Cafe\u0301")}, [("dogs",), ("Café",)])
    assert gain.new == ()
    assert gain.fields[Field.SUBJECT] == ("Dogs", "Cafe\u0301")


def test_a_separator_inside_a_name_is_swapped_where_it_would_part_it():
    gain = with_keywords({Field.SUBJECT: ("AC/DC",)}, [])
    assert gain.fields[Field.TAGS_LIST] == ("AC|DC",)
    assert gain.fields[Field.HIERARCHICAL] == ("AC/DC",)
    assert keywords_in(gain.fields) == [("AC/DC",)]


def test_taking_out_keeps_levels_that_others_need():
    fields = with_keywords(DIGIKAM, [("Mongolia", "Steppe")]).fields
    assert without_keywords(fields, [("Mongolia", "Steppe")]) == DIGIKAM


@given(st.lists(keyword, max_size=5), st.lists(keyword, max_size=5))
def test_adding_loses_nothing_and_adding_again_changes_nothing(first, second):
    before = with_keywords({}, first).fields
    gain = with_keywords(before, second)
    for field, items in before.items():
        assert gain.fields[field][: len(items)] == items
    again = with_keywords(gain.fields, second)
    assert again.new == ()
    assert again.fields == gain.fields

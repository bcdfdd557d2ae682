import numpy as np
import open_clip
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clipsorter import clip
from clipsorter.clip.tokenizer import encode, tokenize_array
from clipsorter.errors import UsageError

THEIRS = open_clip.SimpleTokenizer()  # cleans with ftfy, HTML, whitespace and lower case, as ours
HARD = [
    "", " ", "a", "🐈📷👩‍👩‍👧‍👦", "&amp;amp; &lt;b&gt; &eacute;",
    "don't you're I'm we'll he'd I've it's", "naïve café Ünïcödé", "日本語の写真",
    "AAAA" * 200, "one two three " * 60, "3.14159 1,000,000 ½ ² Ⅷ", "a\u00a0b\u2003c\td\ne", "Ã©tÃ©", "ﬁne ﬂow",
    "\u202eright to left", "नमस्ते दुनिया", "ЖЁЛТЫЙ", "İstanbul ẞ", "'s't", "\x00\x07", "a'Sb'LLc", "_-_", "http://a.b/c?d=e&f",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from([*HARD, *"the cat sat on a mat under 7 umbrellas &nbsp; 犬 🐕 don't".split()]), max_size=8
    ).map(" ".join),
    st.text(alphabet="abcdeé' &;#x019日🐈\t", max_size=200),
)


@given(text=TEXTS)
@settings(max_examples=2000, deadline=None)
def test_tokens_equal_those_of_open_clip(text):
    if "<" in text and "_of_text>" in text:
        return  # open_clip spells its two special tokens in another way than OpenAI
    assert tokenize_array(text, truncate=True).tolist() == THEIRS([text]).tolist()


@pytest.mark.parametrize("text", HARD)
def test_hard_texts_equal_those_of_open_clip(text):
    assert tokenize_array(text, truncate=True).tolist() == THEIRS([text]).tolist()


def test_shape_and_padding():
    tokens = tokenize_array(["a dog", ""], context_length=8)
    assert tokens.dtype == np.int32
    assert tokens.tolist() == [[49406, 320, 1929, 49407, 0, 0, 0, 0], [49406, 49407, 0, 0, 0, 0, 0, 0]]


def test_too_long_raises_unless_cut():
    text = "dog " * 76
    with pytest.raises(UsageError, match="78 tokens, 77 fit"):
        clip.tokenize(text)
    assert clip.tokenize(text, truncate=True)[0, -1] == 49407
    assert clip.tokenize("dog " * 75)[0].count_nonzero() == 77


def test_special_tokens_are_single_ids():
    assert encode("<|startoftext|>a<|endoftext|>") == [49406, 320, 49407]

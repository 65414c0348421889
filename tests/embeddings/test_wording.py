"""A question in the library's own words: what is corrected, what is translated, what is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passage import Span
from embeddings.local.lexical import LexicalIndex
from embeddings.wording import WORD, Change, corrections, quoted_words, reworded, translations

TEXTS = [
    "The government closed the harbour, and the miners of Orrest went on strike.",
    "Prisoners in the camps were given maize; the harbour stayed shut.",
    "Its unclear borders and the North Korean embassy were watched by police.",
    "The international observers counted wells, and a well ran dry.",
    "An administrative court heard the women; the harbours of Kell are deep.",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return LexicalIndex.build(tmp_path_factory.mktemp("words"), list(enumerate(TEXTS, 1)))


def in_pieces(question):
    """As a model reads it that has no word of more than four letters whole."""
    pieces = []
    for match in WORD.finditer(question):
        stop = match.end()
        inside = range(match.start(), stop, 4)
        pieces += [Span(start=start, stop=min(start + 4, stop)) for start in inside]
    return pieces


def whole(question):
    """As a model reads it that has every word."""
    return [Span(start=match.start(), stop=match.end()) for match in WORD.finditer(question)]


def corrected(question, library):
    found = corrections(question, in_pieces(question), library)
    return {change.asked: change.read for change in found}


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("closed harbor", {"harbor": "harbour"}),  # a letter missing
        ("closed harrbour", {"harrbour": "harbour"}),  # one too many
        ("closed harbuur", {"harbuur": "harbour"}),  # one wrong
        ("closed hrabour", {"hrabour": "harbour"}),  # two swapped
        ("Hrabour closed?", {"Hrabour": "harbour"}),  # with a capital that says nothing
        # Of two the longer: no line is guessed at twice. One that may be two words comes last.
        ("goverment and prisonners", {"prisonners": "prisoners"}),
        ("who closed the habrour", {"habrour": "harbour"}),
    ],
)
def test_a_typing_error_of_one_letter_is_read_as_the_librarys_word(question, read, library):
    assert corrected(question, library) == read


@pytest.mark.parametrize("word", ["goverrnmnt", "internatoinall", "habrouur", "hrbr", "summarise"])
def test_two_letters_are_not_mended(word, library):
    assert corrected(f"the {word}", library) == {}


@pytest.mark.parametrize("question", ["“minars” there", '"minars" there', "“the minars” there"])
def test_what_stands_in_quotation_marks_is_left(question, library):
    assert corrected("minars there", library) == {"minars": "miners"}
    assert corrected(question, library) == {}
    assert translations([("minars", ("miners",))], question, library) == []


@pytest.mark.parametrize("word", ["minered", "wellers"])
def test_a_known_word_with_an_english_ending_is_no_error(word, library):
    question = f"the {word}"
    pieces = [Span(start=0, stop=3), Span(start=4, stop=9), Span(start=9, stop=len(question))]
    assert corrections(question, pieces, library) == []


def test_a_change_is_taken_back_by_quotation_marks():
    changes = [Change(asked="minars", read="miners")]
    assert quoted_words("Are minars, Minars free?", changes) == "Are “minars”, “minars” free?"


@pytest.mark.parametrize("word", ["camp", "camps", "harbours", "mining", "prisoner", "striking"])
def test_a_form_of_a_word_that_the_library_has_is_no_error(word, library):
    assert corrected(f"the {word}", library) == {}


@pytest.mark.parametrize("word", ["mase", "wels", "kamp", "cort"])
def test_a_short_word_is_left_since_it_has_too_many_neighbours(word, library):
    assert corrected(f"the {word}", library) == {}


def test_a_word_of_five_letters_is_long_enough(library):
    assert corrected("was maizq given", library) == {"maizq": "maize"}


def test_a_word_that_the_model_knows_whole_is_no_error(library):
    question = "is it nuclear"
    assert corrections(question, whole(question), library) == []
    assert corrections(question, in_pieces(question), library) == [
        Change(asked="nuclear", read="unclear")
    ]


def test_a_piece_that_begins_where_the_word_does_does_not_split_it(library):
    question = "nuclear harbuor"
    pieces = [Span(start=0, stop=7), Span(start=8, stop=11), Span(start=11, stop=15)]
    found = corrections(question, pieces, library)
    assert [change.asked for change in found] == ["harbuor"]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("was Minars there", []),
        ("was MINARS there", []),
        ("was minars there", ["minars"]),
        # At the start every word has a capital.
        ("Minars of Orrest?", ["Minars"]),
    ],
)
def test_a_capital_inside_a_question_begins_a_name(question, asked, library):
    assert list(corrected(question, library)) == asked


@pytest.mark.parametrize(
    "question", ["zzzzzzzzzz", "kumquats", "", "?!", "2021 12345678", "wa_ter"]
)
def test_what_is_near_to_nothing_is_left(question, library):
    assert corrected(question, library) == {}


def test_of_several_near_words_the_nearest_is_read(tmp_path):
    texts = [(1, "counsellor"), (2, "councillors"), (3, "councillors"), (4, "councillors")]
    near = LexicalIndex.build(tmp_path, texts)
    assert corrected("the counselloor", near) == {"counselloor": "counsellor"}


def test_of_words_as_near_the_most_frequent_is_read(tmp_path):
    texts = [(1, "a barley field"), (2, "the barney"), (3, "this barney"), (4, "that barney")]
    near = LexicalIndex.build(tmp_path, texts)
    assert corrected("the barxey", near) == {"barxey": "barney"}


def test_of_two_errors_the_one_that_can_be_one_word_alone_is_mended(tmp_path):
    near = LexicalIndex.build(tmp_path, [(1, "a barney and barley"), (2, "the maize")])
    assert corrected("the barxey", near) == {"barxey": "barley"}
    assert corrected("the barxey maizq", near) == {"maizq": "maize"}


def test_of_words_as_near_and_as_frequent_the_first_of_the_alphabet_is_read(tmp_path):
    near = LexicalIndex.build(tmp_path, [(1, "a barney"), (2, "the barley")])
    assert corrected("the barxey", near) == {"barxey": "barley"}


@pytest.mark.parametrize(
    ("groups", "changes"),
    [
        # The first name that the library has, though others follow.
        ([("gulag", ("kwanliso", "camp", "harbour"))], [("gulag", "camp")]),
        # A name of two words only where it has both.
        ([("jail", ("prison court", "labour camp", "police"))], [("jail", "prison court")]),
        ([("jail", ("labour camp", "police"))], [("jail", "police")]),
        # A term that the library has keeps its place, whatever else it has.
        ([("camps", ("harbour",))], []),
        ([("government court", ("harbour",))], []),
        # A term of two words of which it has one only is not had.
        ([("labour court", ("camp",))], [("labour court", "camp")]),
        # None that it has: nothing is changed.
        ([("gulag", ("kwanliso", "laogai"))], []),
        ([("gulag", ())], []),
        ([], []),
        (
            [("gulag", ("camp",)), ("police", ("court",)), ("jail", ("prison",))],
            [("gulag", "camp"), ("jail", "prison")],
        ),
    ],
)
def test_a_term_is_translated_where_the_library_has_it_by_another_name_only(
    groups, changes, library
):
    found = translations(groups, "a question", library)
    assert [(change.asked, change.read) for change in found] == changes


@pytest.mark.parametrize(
    ("question", "asked", "read", "expected"),
    [
        ("Who runs a gulag?", "gulag", "camp", "Who runs a camp?"),
        ("Gulag, GULAG or gulag", "gulag", "camp", "camp, camp or camp"),
        # Whole words alone.
        ("gulags and a gulag", "gulag", "camp", "gulags and a camp"),
        ("a subgulag", "gulag", "camp", "a subgulag"),
        ("the labour camp there", "labour camp", "prison", "the prison there"),
        # What a pattern would read as more than itself.
        ("in the D.P.R.K", "D.P.R.K", "North Korea", "in the North Korea"),
        ("DxPxRxK", "D.P.R.K", "North Korea", "DxPxRxK"),
        # What is read is no pattern either.
        ("a gulag", "gulag", r"\1 camp", r"a \1 camp"),
        # Korean particles are written on to the word: a blank parts them.
        ("관리소에서는 무엇", "관리소", "camp", "camp 에서는 무엇"),
        ("정치범관리소", "관리소", "camp", "정치범camp "),
        ("Who runs it?", "gulag", "camp", "Who runs it?"),
    ],
)
def test_a_change_is_made_wherever_its_word_stands(question, asked, read, expected):
    assert reworded(question, [Change(asked=asked, read=read)]) == expected


def test_changes_are_made_one_after_the_other():
    changes = [Change(asked="minars", read="miners"), Change(asked="gulag", read="camp")]
    assert reworded("Are minars in a gulag?", changes) == "Are miners in a camp?"


@given(st.text(max_size=80))
def test_a_question_without_changes_stays_as_it_is(question):
    assert reworded(question, []) == question


@given(st.lists(st.sampled_from([*" ".join(TEXTS).split(), "harbuor", "Zebra", "성분"])))
def test_no_question_loses_a_word_that_a_passage_has(library, words):
    question = " ".join(words)
    changes = corrections(question, in_pieces(question), library)
    assert not any(library.has_word(change.asked) for change in changes)
    had = {word for word in WORD.findall(question) if library.has_word(word)}
    assert had <= set(WORD.findall(reworded(question, changes)))


@given(st.text(alphabet="abchrou HB?-é", max_size=40))
def test_every_correction_is_a_word_of_the_question_read_as_one_of_the_library(library, question):
    for change in corrections(question, in_pieces(question), library):
        assert change.asked in question
        assert change.read in library.vocabulary()

"""Who is said to speak in a sentence: whole, in the text's words, and nobody by mistake."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.english.sentences import sentences
from corpus.english.speakers import LONGEST_NAME, LONGEST_SUBJECT, names_source, sources


def speakers(text):
    return [text[span.start : span.stop] for span in sources(text, sentences(text)[0])]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The NGO claims that mills burn.", "The NGO claims"),
        ("The ministry told the UN that mills burned.", "The ministry told"),
        ("Officials insisted that mills ran.", "Officials insisted"),
        ("The court testified.", "The court testified"),
        ("Lawyers and doctors said mills burned.", "Lawyers and doctors said"),
        ("Mills, the report said, burned.", "the report said"),
        ("The party admitted its fault.", "The party admitted"),
        ("Experts estimated that 40 burned.", "Experts estimated"),
        ("A survey found that one in six starved.", "A survey found"),
        ("The government denied the allegations.", "The government denied"),
        ("The government denied any fire.", "The government denied"),
        ("The police denied beating him.", "The police denied"),
        ("Residents believe that mills burned.", "Residents believe"),
        ("The envoy wrote: mills burn.", "The envoy wrote"),
        ("The state's media said so.", "The state's media said"),
        ("Reports by the government said so.", "Reports by the government said"),
        (
            "The committee issued the following statement.",
            "The committee issued the following statement",
        ),
        # Its adverbs belong to the verb.
        ("Witnesses have repeatedly said so.", "Witnesses have repeatedly said"),
        ("The group still says that mills run.", "The group still says"),
        # What stands before the clause is not the subject.
        ("In 2019, the council acknowledged it.", "the council acknowledged"),
        ("In a report, the government said so.", "the government said"),
        ("Meanwhile, the press wrote that it burned.", "the press wrote"),
        ("Rain fell because, the report said, it was May.", "the report said"),
        ("It rained, but officials said it did not.", "officials said"),
        ("However the authorities said no.", "the authorities said"),
        # An acronym, and a name of two words.
        ("OHCHR said mills burned.", "OHCHR said"),
        ("Lantern Watch said mills burned.", "Lantern Watch said"),
        ("Amnesty warned of fire.", "Amnesty warned"),
    ],
)
def test_a_source_with_a_verb_of_saying_is_the_speaker(text, speaker):
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        # Not a verb of saying here.
        "The committee reported missing people.",
        "The army announced in May that mills ran.",
        "The police confirmed cases of theft.",
        "The government denied families food.",
        "A survey found six mills.",
        "The party admitted to the UN.",
        "Experts estimated at 40 the number.",
        "The council maintained the road.",
        "The court stated its name.",
        "The agency documented cases of theft.",
        "The ministry wrote two letters.",
        # Nobody whom a reader could look up.
        "She said mills burned.",
        "Many said mills burned.",
        "Bread said nothing.",
        # The source is in another part of the subject.
        "Mills of the government said nothing.",
        "Fires caused by the army reported in May were few.",
        # A clause with a verb of its own is no subject.
        "What the party had done said enough.",
        "The party was old and said so.",
        # What is "of", "and" or "no" without a head.
        "This report says that mills burn.",
        "No said so.",
    ],
)
def test_what_only_looks_like_a_speaker_is_none(text):
    assert speakers(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to the UN, mills burned.", "According to the UN"),
        ("Mills burned, according to the UN.", "according to the UN"),
        ("Mills burned, according to two residents.", "according to two residents"),
        # A name of one word only where the phrase stands alone.
        ("According to Orr, mills burned.", "According to Orr"),
        ("Four burned – according to Orr – in May.", "according to Orr"),
        ("According to residents who had fled, mills ran.", "According to residents"),
        ("According to the census in May 2019 mills ran.", "According to the census"),
        ("According to Lantern Watch’s survey, one in six.", "According to Lantern Watch’s survey"),
    ],
)
def test_according_to_goes_as_far_as_the_name(text, speaker):
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Four mills ran, according to law.",
        "Four mills ran according to their rules.",
        "According to him, mills ran.",
        "According to this, mills ran.",
        "Food is given according to rank.",
        "Houses were built according to plan.",
        "They paid according to need.",
    ],
)
def test_according_to_a_rule_names_nobody(text):
    assert speakers(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“No,” warned Salil Orr of Town.", "warned Salil Orr of Town"),
        ("“Mills burn,” said Jo Mill.", "said Jo Mill"),
        ("Mills burn, says the government.", "says the government"),
        ("Mills burn, reports Lantern Watch.", "reports Lantern Watch"),
        ("This was confirmed by two officials.", "confirmed by two officials"),
        ("It is denied by the army and by all.", "denied by the army"),
        ("Fires were reported by residents in May.", "reported by residents"),
        ("This came from refugees who had told of fire.", "refugees who had told"),
        ("It is the view of lawyers that have said so.", "lawyers that have said"),
    ],
)
def test_a_speaker_after_the_verb_is_one_too(text, speaker):
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "This was described by hand.",
        "It was reported by radio in May.",
        "People who said no were held.",
        "It was denied by two millers.",
        "It came from bakers who said so.",
    ],
)
def test_by_whom_counts_for_sources_alone(text):
    assert speakers(text) == []


def test_two_speakers_stand_in_their_order():
    text = "The UN said mills burned, and, according to the mayor’s report, two were lost."
    assert speakers(text) == ["The UN said", "according to the mayor’s report"]


def test_a_subject_in_a_bracket_does_not_break_the_one_around_it():
    text = "The agency (which, so far, said nothing, ever) said mills burned."
    assert speakers(text) == ["The agency (which, so far, said nothing, ever) said"]


def test_an_apposition_belongs_to_the_speaker():
    text = "Ilse Marrow, the minister of works, said mills burned."
    assert speakers(text) == ["Ilse Marrow, the minister of works, said"]


def test_a_subject_longer_than_any_known_is_none():
    words = " ".join(["old"] * (LONGEST_SUBJECT - 2))
    assert speakers(f"The {words} government said so.") == [f"The {words} government said"]
    assert speakers(f"The old {words} government said so.") == []


def test_an_overlong_source_is_cut_to_its_name_or_left():
    tail = " ".join(["old"] * LONGEST_NAME)
    assert speakers(f"Mills burn, according to Lantern Watch {tail}.") == [
        "according to Lantern Watch"
    ]
    assert speakers(f"Mills burn, according to officials {tail}.") == []


@pytest.mark.parametrize(
    ("phrase", "named"),
    [
        ("the government", True),
        ("two independent experts", True),
        ("UNICEF", True),
        ("Lantern Watch", True),
        ("Amnesty", True),
        ("organisations", True),
        ("organizations", True),
        ("civil society", True),
        ("the bakers of the government", False),
        ("mills by the state", False),
        ("mills", False),
        ("Norland", False),
        ("governmental", False),
        ("", False),
    ],
)
def test_a_source_is_named_by_the_head_of_its_phrase(phrase, named):
    assert names_source(phrase) is named


PIECES = st.sampled_from(
    [
        "According to ",
        "the UN",
        " said ",
        "that ",
        ", ",
        "“no,” ",
        "said Jo Mill",
        "(",
        ")",
        "officials",
        " who had ",
        "denied by ",
        "it burned",
        " and ",
        "told the ",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join))
def test_speakers_lie_within_their_sentence_in_order(text):
    for sentence in sentences(text):
        found = sources(text, sentence)
        assert all(sentence.start <= span.start < span.stop <= sentence.stop for span in found)
        assert all(one.stop <= after.start for one, after in pairwise(found))


@given(st.lists(PIECES, min_size=1, max_size=8).map("".join), st.sampled_from(["Rain fell. ", ""]))
def test_what_stands_before_a_sentence_moves_its_speakers_alone(text, before):
    text = f"The UN {text}."
    for sentence in sentences(text):
        plain = [text[span.start : span.stop] for span in sources(text, sentence)]
        moved = sources(before + text, sentence.moved(len(before)))
        assert [(before + text)[span.start : span.stop] for span in moved] == plain

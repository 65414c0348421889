"""No hedge and no denial is lost between a sentence and what is quoted of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.english.attribution import LONGEST_CONTRADICTION, TagKind, attributions, tags
from corpus.english.highlighting import enclosures, opens_with_contrast, widen
from corpus.english.sentences import sentences
from corpus.passage import Span
from corpus.quoted import Quoted


def tagged(text, index=0):
    found = attributions(Quoted(text=text, span=sentences(text)[index]))
    return [(tag.kind, tag.words) for tag in found]


def tagged_together(text):
    """The tags of all sentences of a text as one quotation."""
    spans = sentences(text)
    return tags(Quoted(text=text, span=Span(start=spans[0].start, stop=spans[-1].stop)))


def widened(text, index):
    span = widen(text, sentences(text)[index])
    return text[span.start : span.stop]


HOW_SURELY = TagKind.HOW_SURELY
WHO = TagKind.WHO
CONTRADICTED = TagKind.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        *((f"Mills {word} burned.", word) for word in ("allegedly", "apparently", "purportedly")),
        *((f"Mills {word} burned.", word) for word in ("supposedly", "presumably", "probably")),
        *((f"Mills {word} burned.", word) for word in ("possibly", "perhaps", "ostensibly")),
        ("Reportedly, mills burned.", "Reportedly"),
        ("There were unverified reports.", "unverified reports"),
        ("Conflicting accounts suggested fire.", "Conflicting accounts suggested"),
        ("Anecdotal evidence says so.", "Anecdotal evidence says"),
        ("The same unconfirmed claims came back.", "The same unconfirmed claims"),
        ("Ten were thought to be held.", "were thought to"),
        ("Ten are still feared to be dead.", "are still feared to"),
        ("He was rumoured to be ill.", "was rumoured to"),
        ("He was rumored to be ill.", "was rumored to"),
        ("Ten were not known to be held.", "were not known to"),
        ("Ten were said to be held.", "were said to"),
        ("Fires were also reported.", "were also reported"),
        ("Torture continues to be alleged.", "continues to be alleged"),
        ("Mills seem to burn.", "seem to"),
        ("It appears to be old.", "appears to"),
        ("There were many allegations of theft.", "There were many allegations of"),
        ("There are claims that mills burned.", "There are claims that"),
        ("It rained amid reports of fire.", "amid reports of"),
        ("It rained, with some claims.", None),
        ("Several reports of fire came.", "Several reports of"),
        ("It was not clear who left.", "It was not clear"),
        ("It remains unknown who left.", "It remains unknown"),
        ("Mills may have been burned.", "may have"),
        ("Mills might have slowly burned.", "might have"),
        ("He may have a mill.", None),
        ("This could not be independently verified.", "This could not be independently verified"),
        ("The figure cannot be verified.", "cannot be verified"),
        ("The dead could not be confirmed.", "could not be confirmed"),
        ("The figure can not be confirmed.", "can not be confirmed"),
        ("As of early 2020 four ran.", "As of early 2020"),
        ("As of 12 May 2020 four ran.", "As of 12 May 2020"),
        ("Four ran as of that date.", "as of that date"),
        ("Four ran as of old.", None),
        ("Mills burned.", None),
        ("Mills were reported by radio.", None),
        ("It seems to us that it burned.", None),
    ],
)
def test_a_hedge_is_shown_whole(text, hedge):
    found = [words for kind, words in tagged(text) if kind is HOW_SURELY]
    assert found == ([hedge] if hedge else [])


@pytest.mark.parametrize(
    "sentence",
    [
        "The true number of dead was unclear.",
        "The exact cause remains unknown.",
        "What was true remained disputed.",
        "These could not be verified.",
        "None of these accounts could be independently confirmed.",
        "Neither report can be verified.",
    ],
)
def test_a_truth_that_is_left_open_is_told_of_the_claim_and_of_its_denial(sentence):
    text = f"The UN said mills burned. However, this was denied by the army. {sentence}"
    for index in (0, 1):
        assert any(words in sentence for kind, words in tagged(text, index) if kind is HOW_SURELY)


def test_a_doubt_is_not_told_of_what_stands_before_another_sentence():
    text = "The UN said mills burned. Rain fell. The true number was unclear."
    assert tagged(text, 0) == [(WHO, "The UN said")]


@pytest.mark.parametrize(
    ("denial", "words"),
    [
        ("This was denied by the army.", "This was denied by the army"),
        ("The army denied this.", "The army denied this"),
        ("These claims were rejected by two judges.", "These claims were rejected by two judges"),
        ("The report is disputed.", "The report is disputed"),
        ("Officials questioned those figures.", "Officials questioned those figures"),
        ("They were strongly refuted.", "They were strongly refuted"),
    ],
)
def test_a_denial_after_a_claim_is_told_with_whom_it_is_by(denial, words):
    found = tagged(f"Mills burned. {denial} Corn is dear.")
    assert (CONTRADICTED, words) in found


@pytest.mark.parametrize(
    "sentence",
    [
        "The plan was rejected by two judges.",
        "The army denied families food.",
        "Nothing was said.",
        "They were dismissed.",
        "The bill was questioned by lawyers.",
    ],
)
def test_what_is_turned_down_otherwise_is_no_denial(sentence):
    found = tagged(f"Mills burned. {sentence}")
    assert CONTRADICTED not in {kind for kind, _ in found}


def test_a_contradiction_says_that_it_is_one():
    text = "Mills burned. The army denied this."
    assert tags(Quoted(text=text, span=sentences(text)[0])) == (
        "contradicted: The army denied this",
    )


def test_of_a_long_denial_its_own_words_are_shown():
    lead = " ".join(["slowly"] * LONGEST_CONTRADICTION)
    found = tagged(f"Mills burned. The army {lead} denied this.")
    assert found == [(CONTRADICTED, "denied this")]


def test_a_denial_two_sentences_on_is_of_the_sentence_between():
    text = "Mills burned. Corn is dear. The army denied this."
    assert tagged(text, 0) == []
    assert tagged(text, 1) == [(CONTRADICTED, "The army denied this")]


def test_a_hedge_inside_an_attribution_is_the_one_that_is_shown():
    """Of two that overlap the hedge tells more."""
    found = tagged("Unconfirmed reports said mills burned.")
    assert found == [(HOW_SURELY, "Unconfirmed reports said")]


def test_the_same_words_twice_are_one_tag():
    assert tagged_together("Mills reportedly burned. They reportedly fell.") == ("reportedly",)


def test_a_highlight_of_two_sentences_has_the_tags_of_both():
    text = "Mills allegedly burned. According to the UN, two fell."
    assert tagged_together(text) == ("allegedly", "According to the UN")


@pytest.mark.parametrize(
    ("text", "index", "speaker"),
    [
        ("The UN report said mills burned. It added that two fell.", 1, "The UN report said"),
        ("Officials said mills burned. They also said two fell.", 1, "Officials said"),
        ("The minister said so. She warned that more would.", 1, "The minister said"),
        ("“No,” said Jo Mill. He added that two fell.", 1, "said Jo Mill"),
        ("The agency said so. The same agency found two.", 1, "The agency said"),
        ("A study found that two fell. The study estimated four.", 1, "A study found"),
    ],
)
def test_what_refers_back_keeps_the_speaker_before(text, index, speaker):
    assert (WHO, speaker) in tagged(text, index)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        # Nothing to refer back to.
        ("It added that two fell.", 0),
        ("Mills burned. It added that two fell.", 1),
        # Of two sources it is not known which.
        ("The UN said so, and, according to the army, two fell. It added more.", 1),
        # A person is no "it", a body no "she", a body no "study".
        ("The minister said so. It added that two fell.", 1),
        ("The agency said so. She added that two fell.", 1),
        ("The agency said so. The article added that two fell.", 1),
        # A sentence in between ends it.
        ("The agency said so. Rain fell. It added that two fell.", 2),
        # It refers to nothing.
        ("The agency said so. Two mills fell.", 1),
    ],
)
def test_a_speaker_is_carried_over_only_where_it_is_certain(text, index):
    span = sentences(text)[index]
    own = text[span.start : span.stop]
    assert all(words in own for kind, words in tagged(text, index) if kind is WHO)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a (b) c", ["(b)"]),
        ("a (b [c] d) e", ["(b [c] d)", "[c]"]),
        ("“a” and «b»", ["“a”", "«b»"]),
        ('"a" and "b"', ['"a"', '"b"']),
        # Never closed, or closed without being opened.
        ("a (b c", []),
        ("a b) c", []),
        ("a “b (c” d", ["“b (c”"]),
        # An odd number of straight marks says nothing.
        ('a "b" and 5" c', []),
        # Single ones may be apostrophes.
        ("‘a’ and farmers’ b", []),
        ("", []),
    ],
)
def test_quotations_and_brackets_are_those_that_close(text, found):
    assert [text[span.start : span.stop] for span in enclosures(text)] == found


@pytest.mark.parametrize(
    "sentence",
    [
        "But two burned.",
        "However, two burned.",
        "However the army left.",
        "Yet two burned.",
        "Yet, two burned.",
        "Nonetheless two burned.",
        "Even so, two burned.",
        "Conversely, two burned.",
        "Still, two burned.",
        "Instead, two burned.",
        "In practice, two burned.",
        "In reality nobody may.",
        "On the other hand, two burned.",
        "By contrast, two burned.",
        "Although this is so, two burned.",
        "In spite of these laws two burned.",
        "Contrary to this, two burned.",
        "“But two burned.”",
        "(However, two burned.)",
        "Except on Sundays.",
    ],
)
def test_a_sentence_that_limits_the_one_before_is_known(sentence):
    assert opens_with_contrast(sentence)
    assert widened(f"Mills may be used. {sentence}", 0) == f"Mills may be used. {sentence}"


@pytest.mark.parametrize(
    "sentence",
    [
        "However hard they try, two burn.",
        "Yet to be seen is a mill.",
        "Yet another mill burned.",
        "Still waters run.",
        "Instead of mills, two burned.",
        "Butter is dear.",
        "In fairness two burned.",
        "Although rain fell, two burned.",
        "Despite rain, two burned.",
        "Exceptions are few.",
        "Two burned, but one stood.",
    ],
)
def test_what_only_begins_like_a_contrast_is_none(sentence):
    assert not opens_with_contrast(sentence)
    assert widened(f"Mills may be used. {sentence}", 0) == "Mills may be used."


@pytest.mark.parametrize(
    "second",
    [
        "This year two burned.",
        "Those who fled were held.",
        "That month two burned.",
        "These days two burn.",
        "It is unclear who left.",
        "It was widely believed that two burned.",
        "Such as mills.",
        "Both parents left.",
        "In May, it was possible to leave.",
        "Some of us left.",
        "Heroes left.",
        "Items were sold.",
    ],
)
def test_a_subject_of_its_own_needs_no_sentence_before(second):
    assert widened(f"Rain fell. {second}", 1) == second


@pytest.mark.parametrize(
    "second",
    [
        "Some of them left.",
        "Most of these burned.",
        "Because they left, two burned.",
        "As a result, she left.",
        "Since May, they have stood empty.",
        "The latter burned.",
        "Their roofs fell.",
        "Such laws are few.",
        "It remained closed.",
        "Neither burned.",
        "“They burned,” he said.",
    ],
)
def test_a_subject_that_was_named_before_brings_its_sentence(second):
    text = f"Four mills stood there. {second}"
    assert widened(text, 1) == text


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        # The later contrast comes before the earlier antecedent, two sentences at most.
        ("A ran. It ran on. But B fell. C.", 1, "It ran on. But B fell."),
        # A quotation that is opened before or closed after is taken whole, three at most.
        ("He said “No. Mills ran. Two fell.” Rain.", 1, "He said “No. Mills ran. Two fell.”"),
        ("He said “No. Mills ran. Two fell. One stands.” Rain.", 1, "Mills ran."),
        # A bracket by itself goes with what it stands behind.
        ("Four ran. (See page 3.) Rain.", 1, "Four ran. (See page 3.)"),
        ("(See page 3.) Rain.", 0, "(See page 3.)"),
        # Not across a heading.
        ("The mills\n\nBut two burned. Rain.", 1, "But two burned."),
        ("The mills\n\nIt burned. Rain.", 1, "It burned."),
        # A heading is shown with what stands under it.
        ("The mills\n\nTwo burned. Rain.", 0, "The mills\n\nTwo burned."),
        ("The mills:\n\nTwo burned.", 0, "The mills:"),
    ],
)
def test_how_far_a_quotation_grows(text, index, expected):
    assert widened(text, index) == expected


PIECES = st.sampled_from(
    [
        "Mills allegedly burned. ",
        "The UN said so. ",
        "It added that two fell. ",
        "The army denied this. ",
        "But rain fell. ",
        "The true number was unclear. ",
        "“Two fell. ",
        "Three.” ",
        "(One.) ",
        "A heading\n\n",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=6).map("".join), st.data())
def test_a_quotation_never_ends_before_its_denial_or_inside_a_sentence(text, data):
    spans = sentences(text)
    index = data.draw(st.integers(0, len(spans) - 1))
    span = widen(text, spans[index])
    assert span.start in {one.start for one in spans}
    assert span.stop in {one.stop for one in spans}
    assert span.start <= spans[index].start < spans[index].stop <= span.stop
    assert text[span.start : span.stop].count("\n\n") <= 2

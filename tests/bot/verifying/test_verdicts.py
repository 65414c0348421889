"""What is said of a quotation: each verdict, on a report that is invented for the tests."""

import re
import shutil

import pytest

from bot.assemble import open_verifier
from bot.cli.progress import display
from bot.verifying.markdown_draft import read_quotation
from corpus.storage.library import Library

HEALTH = "Lantern Watch 2021, section “Right to health”"
FLIGHT = "at least 217 Velmorans (88 women and 129 men) had fled across the strait to Kell"


def test_a_quotation_of_the_very_words_is_exact(said):
    finding = said(FLIGHT, "Lantern Watch 2021, section “Freedom of movement”, para. 3")
    assert finding.verdict == "exact"
    assert finding.is_sound
    assert finding.places[0].words == FLIGHT


def test_a_quotation_without_a_citation_is_found(said):
    finding = said("the health office told the regional fever bureau month after month")
    assert [stretch.passage.section for stretch in finding.places] == [("Right to health",)]


@pytest.mark.parametrize(
    ("quotation", "words"),
    [
        ("BEDS but lacked staff, heating and clean instruments", "case"),
        ("Nurses who spoke to Lantern Watch in secret gave another picture - full wards", "punct"),
        ("Nurses who spoke to Lantern Watch in secret gave another picture: full wards", None),
        ("The pay in state mills did not cover a family's rent", "typesetting"),
        ("The pay in state mills did not cover a fam\u00adily’s rent", "typesetting"),
        ("The oﬃce with ﬂour from abroad disappeared", None),
        ("[f]lour from abroad disappeared from the ration shops", "case"),
        ("In February it proposed 300000 ampoules free of charge, but the Council", "punct"),
        (
            "In February it proposed 300\u00a0000 ampoules free of charge, but the Council",
            "typeset",
        ),
        ("Hospitals had beds but lackedstaff, heating and clean instruments", "typesetting"),
    ],
)
def test_what_is_no_word_is_told_apart_from_words(said, quotation, words):
    finding = said(quotation)
    if words is None:
        assert finding.verdict != "exact but for"
    else:
        assert finding.verdict == "exact but for"
        assert words in finding.remarks[0].words


@pytest.mark.parametrize(
    ("quotation", "told"),
    [
        (FLIGHT.replace("217", "271"), "a figure, “271” for “217”"),
        (FLIGHT.replace("88", "8.8"), "a figure, “8.8” for “88”"),
        ("the order was withdrawn, and crews may fire", None),
        (
            "Velmora and one other state were not the last in the region without any plan",
            "a negation, “not” put in",
        ),
        (
            "the last in the region with any plan to inoculate people",
            "a negation, “with” for “without”",
        ),
        (
            "the First Warden, Otto Marrow, admitted on the radio that the state farms",
            "a name, “Otto” for “Ilse”",
        ),
        ("posters hinted of prison for either of them", "words, “hinted” for “warned”"),
        ("Bread, oil and rice were short from March until the harvest", "“rice” for “lentils”"),
    ],
)
def test_what_is_altered_is_told_word_by_word(said, quotation, told):
    finding = said(quotation)
    assert finding.verdict in {"altered", "spliced", "not in the library"}
    if told is not None:
        assert finding.verdict == "altered"
        assert told in finding.remarks[0].words


def test_a_figure_is_said_before_a_name_and_a_name_before_words(said):
    finding = said(
        "In July the First Warden, Otto Marrow, said on the radio that the 12 farms had missed"
    )
    kinds = re.findall(r"a figure|a name|words", finding.remarks[0].words)
    assert kinds == ["a figure", "a name", "words"]


def test_no_figure_is_another_that_has_its_digits(said):
    assert said("About 900,000 people had a portable telephone").verdict == "exact"
    for other in ("900", "9,00,000", "9.00000", "90,000"):
        told = said(f"About {other} people had a portable telephone")
        assert told.verdict == "altered", other


def test_a_word_put_in_in_brackets_is_marked_and_a_negation_there_alters(said):
    marked = "Teachers had to hand in a list of the tunes that their [pupils] were heard to hum"
    assert str(said(marked).remarks[0]) == "exact but for words in square brackets"
    denied = "Teachers had [not] to hand in a list of the tunes that their classes"
    assert said(denied).verdict == "altered"


def test_an_ellipsis_that_hides_nothing_is_exact(said):
    text = "Newspapers … and courts stayed under the thumb of the Council of Wardens"
    assert said(text).verdict == "exact"


@pytest.mark.parametrize("dots", ["…", "...", ". . .", "[…]", "[...]"])
def test_an_ellipsis_that_hides_a_condition_or_a_negation_is_warned_of(said, dots):
    condition = f"In February it proposed 300,000 ampoules {dots} because it distrusted the cold"
    assert said(condition).verdict == "ellipsis hides"
    negation = f"Ferries between the port of Lunn and the islands {dots} neither with passengers"
    assert "a negation" in said(negation).remarks[0].words


def test_an_ellipsis_that_hides_three_sentences_is_warned_of(said):
    text = "Courts sent those whom they found guilty to the torvas for four to ten years."
    later = "A choir in Odra that had sung one wedding song in the dialect of the islands"
    assert said(f"{text} […] {later}").verdict in {"ellipsis hides", "spliced"}


@pytest.mark.parametrize("joint", [" … ", ", and ", " "])
def test_words_from_places_apart_are_spliced(said, joint):
    one = "The land border stayed shut all year"
    other = "Hospitals had beds but lacked staff"
    finding = said(f"{one}{joint}{other}")
    assert finding.verdict == "spliced"
    assert {stretch.passage.section[0] for stretch in finding.places} == {
        "Freedom of movement",
        "Right to health",
    }


@pytest.mark.parametrize(
    ("quotation", "cut"),
    [
        ("pupils of the orphan schools had “begged” to spend the summer", "According to"),
        ("up to 48,000 detainees were kept in them, made to cut peat and timber", "estimated"),
        ("hundred officials were allowed to use the internet", "Only some"),
    ],
)
def test_a_speaker_a_hedge_or_a_limit_before_a_quotation_is_missed(said, quotation, cut):
    finding = said(quotation)
    assert finding.verdict == "starts late"
    assert cut.casefold() in finding.remarks[0].words.casefold()


@pytest.mark.parametrize(
    ("quotation", "cut"),
    [
        ("In February it proposed 300,000 ampoules free of charge", "but"),
        ("Six torvas were in use", "maintained"),
    ],
)
def test_what_limits_after_a_quotation_is_missed(said, quotation, cut):
    finding = said(quotation)
    assert finding.verdict == "stops early"
    assert cut in finding.remarks[0].words


def test_a_speaker_that_the_draft_names_is_not_missed(found):
    quotation = "pupils of the orphan schools had “begged” to spend the summer in the salt works"
    (finding,) = found(f"According to the state radio, «{quotation}, where the work is heavy».")
    assert finding.verdict == "exact"


def test_a_quotation_cited_from_another_paragraph_section_or_year_is_in_the_wrong_place(said):
    for citation in (
        "Lantern Watch 2021, Velmora, section “Freedom of movement”, para. 2",
        f"{HEALTH}, para. 3",
        "Lantern Watch 2013, Velmora, section “Freedom of movement”, para. 3",
    ):
        finding = said(FLIGHT, citation)
        assert finding.verdict == "wrong place", citation
        assert "section “Freedom of movement”, para. 3" in finding.remarks[0].words


def test_words_given_to_somebody_else_have_the_wrong_speaker(found):
    quotation = "up to 48,000 detainees were kept in them"
    (finding,) = found(f"The Red Cross reported that “{quotation}” (Lantern Watch 2021).")
    assert "wrong speaker" in {remark.verdict for remark in finding.remarks}
    (finding,) = found(f"Lantern Watch reported that “{quotation}” (Lantern Watch 2021).")
    assert "wrong speaker" not in {remark.verdict for remark in finding.remarks}


def test_words_that_only_an_older_version_has_are_told(said):
    finding = said("crews may fire twice without warning at any boat that leaves the harbour")
    assert finding.verdict == "an older version's words"
    assert "version 1 of velmora-2021" in finding.remarks[0].words


def test_words_of_no_report_show_the_nearest(said):
    finding = said("Farmers along the eastern canal lost two harvests before the pumps were mended")
    assert finding.verdict == "not in the library"


def test_a_quotation_of_two_paragraphs_is_found_as_one(said):
    text = (
        "Whole tenements were sealed for up to 25 days when one resident ran a temperature, and "
        "those inside were given neither food nor fuel.\n\nPainkillers, insulin and bandages were "
        "harder to find than before, since little came through the ports."
    )
    assert said(text).verdict == "exact"


def test_brackets_and_dots_that_are_the_report_s_own_are_exact(said):
    own = "taken to the torvas [labour colonies] for a careless sentence… and every family"
    assert said(own).verdict == "starts late"  # of a speech: who speaks is cut off
    dropped = own.replace("…", "").replace("[labour colonies] ", "")
    assert said(dropped).verdict in {"altered", "exact but for"}


def test_a_misquoted_place_is_told_although_another_report_has_the_words(
    tmp_path, shelved, putting
):
    words = "Bread, oil and rice were short from March until the harvest"
    folder = tmp_path / "library"
    shutil.copytree(shelved, folder)
    other = tmp_path / "norland.txt"
    other.write_text(f"Norland\n\n{words}.\n", encoding="utf-8")
    with Library(folder) as library:
        putting(library, other, id="norland", publisher="Watch House", country="Norland")
        with open_verifier(library, display) as verifier:
            cited = "Lantern Watch 2021, Velmora, section “Food and water”, para. 1"
            (finding,) = verifier.draft(read_quotation(words, cited))
    assert finding.verdict == "altered"
    assert "“rice” for “lentils”" in finding.remarks[0].words
    assert "as quoted the words stand in norland" in finding.remarks[1].words


@pytest.mark.parametrize(
    ("quotation", "told"),
    [
        ("three Hospitals had beds but lacked staff, heating and clean instruments", "three"),
        ("Two shipments by the Serum Fund and the Order of Saint Brannoc were let in 2022", "2022"),
    ],
)
def test_a_word_put_in_at_the_edge_stands_for_none_of_the_passage_beside(said, quotation, told):
    finding = said(quotation)
    assert finding.verdict == "altered"
    assert f"“{told}” put in" in finding.remarks[0].words
    assert len(finding.places) == 1

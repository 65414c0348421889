"""What the commands of a chat do: each on a library that needs no model for it."""

import stat
from dataclasses import replace

import pytest

from bot.assemble import Pincite
from bot.chat.talk import Effect, Talk
from bot.chat.turns import respond
from bot.conversation.moves import EMPTY, focused
from bot.settings import Settings
from corpus.citing.citations import cite

WIDTH = 80


def quiet(*_):
    raise AssertionError("nothing here takes time")


@pytest.fixture
def shelf(library, page_file, tmp_path, putting):
    """Norland in 2021 and Velmora in 1999, beside the digest that every library begins with."""
    putting(library, page_file, id="norland", country="Norland", period="2021")
    path = tmp_path / "velmora.md"
    path.write_text("# Velmora\n\n## Work\n\nMiners of Kell struck.\n", encoding="utf-8")
    putting(library, path, id="velmora", country="Velmora", period="1999")
    library.close()
    opened = Pincite(Settings.read({}, library=str(library.folder)), quiet)
    yield opened
    opened.library.close()


@pytest.fixture
def talk(shelf):
    """A talk in which two passages of Norland were shown, the first one last looked at."""
    shown = tuple(shelf.library.all_passages("norland")[1:5:2])
    conversation = replace(EMPTY, passages=shown, ranked=())
    return Talk(conversation=focused(conversation, shown[0]))


def said(line, talk, shelf):
    """What a line says, on one line, and the talk after it."""
    result, after = respond(line, talk, shelf, WIDTH)
    return " ".join(" ".join(line.plain for line in result.lines).split()), after


@pytest.mark.parametrize("command", ["/context", "/open", "/open 2", "/cite", "/cite 1"])
def test_before_a_passage_was_shown_there_is_none_to_go_on_from(shelf, command):
    text, after = said(command, Talk(), shelf)
    assert "Ask a question first" in text or "question" in text
    assert after == Talk()


@pytest.mark.parametrize(
    ("command", "number"),
    [
        *(("/open", number) for number in ["0", "3", "-1", "two", "1.0", "²"]),
        *(("/cite", number) for number in ["0", "3", "-1", "1.0", "²"]),
    ],
)
def test_a_number_that_was_not_shown_is_refused_with_those_that_were(shelf, talk, command, number):
    text, after = said(f"{command} {number}", talk, shelf)
    assert f"No passage {number} was shown; give a number from 1 to 2." in text
    assert after == talk


def test_a_passage_is_cited_in_the_style_that_is_named(shelf, talk):
    for line in ("/cite 1 tribunal", "/cite TRIBUNAL", "/cite  1   tribunal"):
        text, _ = said(line, talk, shelf)
        assert " ".join(text.split()).startswith("Excerpt from: "), line
    assert not said("/cite", talk, shelf)[0].startswith("Excerpt")


def test_a_style_that_there_is_not_is_refused_with_those_that_there_are(shelf, talk):
    text, after = said("/cite vancouver", talk, shelf)
    assert "There is no style 'vancouver'; the styles are note, short, tribunal" in text
    assert after == talk


def test_the_context_is_the_paragraph_before_and_the_one_after(shelf, talk):
    text, _ = said("/context", talk, shelf)
    assert "sums up what observers saw" in text
    assert "three storms" in text
    assert "Wells in the Tarn valley" in text
    assert "Prices rose" not in text


def test_the_context_of_the_first_and_the_last_paragraph_ends_with_the_report(shelf):
    passages = shelf.library.all_passages("norland")
    for passage, words in ((passages[0], "three storms"), (passages[-1], "Dry Wells")):
        conversation = focused(replace(EMPTY, passages=(passage,)), passage)
        text, _ = said("/context", Talk(conversation=conversation), shelf)
        assert words in text
        assert "Miners of Kell" not in text


def test_a_section_is_opened_whole_under_its_name_and_looked_at_from_then_on(shelf, talk):
    text, after = said("/open 2", talk, shelf)
    assert text.startswith("Right to water")
    assert "Wells in the Tarn valley" in text
    assert "Prices rose threefold." in text
    assert "storms" not in text
    assert after.conversation.focus == talk.conversation.passages[1]


def test_what_stands_before_the_first_heading_is_opened_as_the_introduction(shelf, talk):
    text, _ = said("/open 1", talk, shelf)
    assert text.startswith("introduction")


def test_a_citation_is_shown_and_copied_whole(shelf, talk):
    result, after = respond("/cite 2", talk, shelf, WIDTH)
    assert result.copied == cite(talk.conversation.passages[1])
    assert after.conversation.focus == talk.conversation.passages[1]
    assert "Norland" in result.copied


@pytest.mark.parametrize(
    ("line", "says", "scope"),
    [
        ("/report norland", "Only norland: 9 passages.", {"report": "norland"}),
        ("/report VELM", "Only velmora: 1 passage.", {"report": "velmora"}),
        ("/country norl", "Only Norland: 9 passages.", {"country": "Norland"}),
        ("/year 1999", "Only 1999: 1 passage.", {"year": 1999}),
        ("/section norland n", "Only section “norland n”: 2 passages.", {"section": "norland n"}),
    ],
)
def test_a_filter_says_what_is_left_and_how_to_undo_it(shelf, talk, line, says, scope):
    text, after = said(line, talk, shelf)
    assert text == f"{says} /all takes the filters away."
    kept = after.conversation.scope
    assert {name: getattr(kept, name) for name in scope} == scope


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/report nowhere", "No report is called nowhere; there is: "),
        ("/report", "Choose a report; there is: "),
        ("/country", "Choose a country; there is: "),
        ("/country nor", "North Korea"),  # two of them are meant
        ("/year soon", "/year takes a year in digits"),
        ("/year", "/year takes a year in digits"),
        ("/year 1812", "covers the year 1812"),
        ("/section", "/section takes a part of a section’s title"),
        ("/section fishing", "section 'fishing'"),
        ("/save", "/save takes the name of a new file"),
        ("/save notes.md", "question"),
        ("/history", "say /history on or /history off"),
        ("/history maybe", "say /history on or /history off"),
        ("/explain", "question"),
        ("/right", "question"),
    ],
)
def test_a_command_that_cannot_be_done_says_why_and_leaves_the_talk_as_it_was(shelf, line, says):
    text, after = said(line, Talk(), shelf)
    assert says.casefold() in text.casefold()
    assert after == Talk()


def test_filters_narrow_each_other_and_go_all_at_once(shelf, talk):
    _, narrowed = said("/country Norland", talk, shelf)
    text, narrower = said("/section water", narrowed, shelf)
    assert text.startswith("Only Norland, section “water”: 2 passages.")
    text, refused = said("/year 1999", narrower, shelf)
    assert refused == narrower
    text, free = said("/all", refused, shelf)
    assert free.conversation.scope.is_everything
    assert text.startswith("No filter: ")
    assert "/all" not in text


@pytest.mark.parametrize(
    ("line", "effect"),
    [
        ("/quit", Effect.LEAVE),
        ("bye", Effect.LEAVE),
        ("/forget", Effect.FORGET),
        ("/history on", Effect.KEEP_HISTORY),
        ("/history off", Effect.DROP_HISTORY),
        ("/help", Effect.NONE),
        ("/reports", Effect.NONE),
    ],
)
def test_what_the_front_end_is_to_do_comes_with_the_words(shelf, talk, line, effect):
    result, _ = respond(line, talk, shelf, WIDTH)
    assert result.effect is effect


def test_forgetting_leaves_nothing_of_the_talk_and_its_filters(shelf, talk):
    _, narrowed = said("/country Norland", talk, shelf)
    _, after = said("/forget", narrowed, shelf)
    assert after == Talk()


def test_the_list_of_reports_names_each_of_them(shelf, talk):
    text, _ = said("list reports", talk, shelf)
    for name in ("Norland", "Velmora", "North Korea"):
        assert name in text


def test_a_mistyped_command_stands_corrected_in_the_next_line(shelf, talk):
    result, after = respond("/contry Norland", talk, shelf, WIDTH)
    assert result.next_line == "/country Norland"
    assert after == talk


def test_what_is_saved_is_what_was_cited_and_the_file_is_its_owners(shelf, talk, tmp_path):
    _, talked = respond("sources", talk, shelf, WIDTH)
    path = tmp_path / "notes.md"
    text, after = said(f"/save {path}", talked, shelf)
    assert "only you can read it" in text
    assert after == talked
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = path.read_text("utf-8")
    assert "## sources" in written
    assert written.count("- ") >= len(talk.conversation.passages)


def test_a_file_that_is_there_is_never_written_over(shelf, talk, tmp_path):
    path = tmp_path / "notes.md"
    path.write_text("mine", encoding="utf-8")
    _, talked = respond("sources", talk, shelf, WIDTH)
    text, _ = said(f"/save {path}", talked, shelf)
    assert "exists already; choose another name" in text
    assert path.read_text("utf-8") == "mine"

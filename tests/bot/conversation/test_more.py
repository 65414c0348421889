"""“More” goes on with the ranking of the last question, whatever became of the library."""

import pytest

from bot.answering.answer import Answer
from bot.assemble import Pincite
from bot.chat.talk import Talk
from bot.chat.turns import respond
from bot.cli.progress import display
from bot.conversation.moves import EMPTY
from bot.conversation.reply import RANKED, SHOWN, Further, NoMore, reply
from bot.settings import Settings
from corpus.intake import load
from corpus.report import Kind
from corpus.scope import Scope
from embeddings.retriever import DEPTH

# Every passage has something of it.
QUESTION = "What happened in Norland in May 2021 with wells, water, prices, miners and marches?"


class CountedPincite(Pincite):
    """A library that answers as ever and counts its searches."""

    searches = 0

    def ask(self, *arguments, **options):
        self.searches += 1
        return super().ask(*arguments, **options)


@pytest.fixture
def opened(with_page, own_copy):
    found = CountedPincite(Settings.read(library=str(own_copy(with_page))), display)
    with found.library:
        yield found


def asked(pincite, question=QUESTION, scope=None):
    """The passages shown for a question, and the conversation after it."""
    conversation = EMPTY if scope is None else EMPTY.__class__(scope=scope)
    said, conversation = reply(question, conversation, pincite)
    assert isinstance(said, Answer)
    return [hit.passage for hit in said.hits], conversation


def rest(conversation, pincite):
    """The passages of every “more” until there is none."""
    found = []
    while True:
        said, conversation = reply("more", conversation, pincite)
        if isinstance(said, NoMore):
            return found
        assert isinstance(said, Further)
        assert said.from_rank == SHOWN + len(found) + 1
        found += [hit.passage for hit in said.hits]


def test_more_goes_on_without_another_search(opened):
    first, conversation = asked(opened)
    ranked = opened.ask(QUESTION, k=RANKED).hits
    opened.searches = 0
    assert [*first, *rest(conversation, opened)] == [hit.passage for hit in ranked]
    assert opened.searches == 0


def test_the_thirty_third_more_says_that_there_is_no_more(opened, tmp_path):
    path = tmp_path / "wells.md"
    wells = [f"Well {number} of the Tarn valley gave water again." for number in range(110)]
    path.write_text("\n\n".join(["# Wells", *wells]), encoding="utf-8")
    opened.add(load(path, {}))
    talk = Talk()
    _, talk = respond("Which wells gave water again?", talk, opened, 80)
    for _ in range(33):
        said, talk = respond("more", talk, opened, 80)
    text = " ".join(line.plain for line in said.lines)
    assert "There are no more passages for this question." in text
    assert "-k" not in text


def test_a_chat_answers_as_a_single_question_is_answered(opened):
    assert RANKED == DEPTH
    for question in (QUESTION, "What is songbun?", "Which wells ran dry?"):
        said, _ = reply(question, EMPTY, opened)
        assert said == opened.ask(question, k=SHOWN)


def test_a_report_that_is_added_meanwhile_waits_for_the_next_question(opened, page_file):
    _, untouched = asked(opened)
    expected = rest(untouched, opened)
    first, conversation = asked(opened)
    page_file.write_text(page_file.read_text("utf-8").replace("Norland", "Sudland"), "utf-8")
    added = opened.add(load(page_file, {"id": "sudland"}))
    assert rest(conversation, opened) == expected
    again, _ = asked(opened, QUESTION.replace("Norland", "Sudland"))
    assert added.report.id in {passage.report.id for passage in again}
    assert first


def of_page(passages):
    return [passage for passage in passages if passage.report.title == "Norland"]


def test_a_report_that_is_removed_meanwhile_is_not_quoted(opened):
    _, conversation = asked(opened)
    before = rest(conversation, opened)
    assert of_page(before)
    opened.library.remove(of_page(before)[0].report.id)
    after = rest(conversation, opened)
    assert after == [passage for passage in before if passage.report.title != "Norland"]


def test_a_report_that_is_renewed_meanwhile_is_cited_where_it_says_so_now(opened, page_file):
    _, conversation = asked(opened)
    before = of_page(rest(conversation, opened))
    text = page_file.read_text("utf-8")
    kept, gone = before[0], before[-1]
    assert kept.section
    assert gone.text != kept.text
    renewed = text.replace(kept.section[-1], "Another heading")
    page_file.write_text("\n\n".join(_without(renewed, gone.text)), "utf-8")
    report = kept.report
    options = {"id": report.id, "publisher": report.publisher, "country": "Norland"}
    opened.add(load(page_file, {**options, "period": "2021"}))
    after = {passage.text: passage for passage in of_page(rest(conversation, opened))}
    assert after[kept.text].section[-1] == "Another heading"
    assert gone.text not in after


def _without(text, paragraph):
    first = paragraph.split()[:3]
    return [part for part in text.split("\n\n") if part.split()[:3] != first]


def test_a_digest_that_steps_aside_meanwhile_is_not_quoted(opened, page_file):
    _, conversation = asked(opened, "What is said about camps, food and borders in North Korea?")
    before = rest(conversation, opened)
    digest = next(passage.report for passage in before if passage.report.kind is Kind.DIGEST)
    given = {"country": digest.country, "period": str(digest.period), "title": digest.title}
    opened.add(load(page_file, {**given, "publisher": digest.publisher}))
    assert digest.id not in {report.id for report in opened.active()}
    assert all(passage.report.id != digest.id for passage in rest(conversation, opened))


def test_more_keeps_to_the_filters_that_were_chosen_since(opened):
    talk = Talk()
    _, talk = respond(QUESTION, talk, opened, 80)
    shown = [passage.id for passage in talk.conversation.passages]
    _, talk = respond("/country North Korea", talk, opened, 80)
    _, talk = respond("more", talk, opened, 80)
    further = talk.conversation.passages[len(shown) :]
    assert [passage.report.country for passage in further] == ["North Korea"] * SHOWN
    _, conversation = asked(opened, scope=Scope(country="North Korea"))
    expected = [passage for passage in conversation.passages if passage.id not in shown]
    assert list(further)[: len(expected)] == expected

"""What a chat shows fits the terminal, in any script, and tells verdicts apart without colour."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from bot.answering.answer import Answer, Coverage, NotCovered
from bot.chat.showing import first_screen, prompt_text, reply_lines
from bot.chat.transcript import Turn, markdown
from corpus.passage import Passage, PressItem, Span
from corpus.scope import Scope
from embeddings.hit import Hit, Why
from embeddings.judging.verdict import Verdict, shipped_models

KOREAN = "북한 주민들은 이동의 자유를 누리지 못했다. 국경은 두 해째 닫혀 있었다. " * 3
ARABIC = "لم يتمتع السكان بحرية التنقل. ظلت الحدود مغلقة للعام الثاني على التوالي. " * 3
WHY = Why(
    terms=(),
    dense_rank=1,
    lexical_rank=None,
    cosine=0.5,
    bm25=0.0,
    passage_maxsim=0.5,
    sentence_maxsim=0.5,
    coverage=0.5,
    margin=0.1,
)
COVERAGE = Coverage(titles=("Norland",), countries=("Norland",), periods=("2021",))


@pytest.fixture
def hit_of(make):
    report = make()

    def build(text: str, number: int = 1, section: str = "Borders") -> Hit:
        passage = Passage(
            report=report,
            section=(section,),
            number=number,
            start=0,
            stop=len(text),
            source=text,
        )
        end = text.find(". ") + 1 or len(text)
        return Hit(passage=passage, score=0.9, highlight=Span(start=0, stop=end), why=WHY)

    return build


def answer_of(*hits: Hit, verdict: Verdict = Verdict.ANSWERED, **fields: object) -> Answer:
    stated = {
        "question": "q",
        "searched": "q",
        "confidence": 0.9,
        "judged_by": shipped_models()[-1],
        "coverage": COVERAGE,
    }
    return Answer(verdict=verdict, hits=hits, **{**stated, **fields})


@pytest.mark.parametrize("text", [KOREAN, ARABIC, "A plain sentence. Another one. " * 9])
@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_line_fits(hit_of, text: str, width: int, verdict: Verdict) -> None:
    hits = [hit_of(text, number, text[:60]) for number in (1, 2, 3)]
    lacking = NotCovered(kind="country", asked=(text[:90],), covered=(text[:40],))
    answer = answer_of(*hits, verdict=verdict, carried=(text[:70],), not_covered=lacking)
    for line in reply_lines(answer, width):
        assert cell_len(line.plain) <= min(width, 90)


def test_quotation_is_whole_at_any_width(hit_of) -> None:
    for width in (40, 200):
        lines = [line.plain[2:] for line in reply_lines(answer_of(hit_of(KOREAN)), width)]
        assert KOREAN.split()[:20] == " ".join(lines).split()[:20]


def test_verdicts_differ_without_colour(hit_of) -> None:
    shown = {
        verdict: "\n".join(
            line.plain
            for line in reply_lines(answer_of(hit_of("It rained. "), verdict=verdict), 80)
        )
        for verdict in Verdict
    }
    assert shown[Verdict.ANSWERED].startswith("▌ It rained.")
    assert "┆ It rained." in shown[Verdict.PERHAPS]
    assert shown[Verdict.CLOSEST].startswith("≈ These reports do not")
    assert "· It rained." in shown[Verdict.CLOSEST]
    assert shown[Verdict.OUTSIDE].startswith("✗ Not in these reports.")
    assert "It rained." not in shown[Verdict.OUTSIDE]


def test_others_stand_in_one_line_each(hit_of) -> None:
    hits = [
        hit_of(f"Sentence {number} {'goes on and ' * 9}ends. ", number) for number in range(1, 4)
    ]
    lines = [line.plain for line in reply_lines(answer_of(*hits), 80)]
    assert [line[:2] for line in lines[-2:]] == ["2.", "3."]
    assert all(line.endswith("…") for line in lines[-2:])


def test_report_cannot_act_on_the_terminal(hit_of) -> None:
    lines = reply_lines(answer_of(hit_of("Cleared\x1b[2J. ", section="A\x1b]0;b\x07")), 80)
    assert not any(mark in line.plain for line in lines for mark in "\x1b\x07")


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("kept", [True, False])
def test_first_screen_has_at_most_eight_lines(make, width: int, *, kept: bool) -> None:
    reports = [
        make(id=f"norland-{number}", title=f"A title long enough to need room {number}")
        for number in range(30)
    ]
    examples = [f"How many of the {number}0,000 households had no water?" for number in (1, 2, 3)]
    lines = [line.plain for line in first_screen(reports, 360, examples, width, kept=kept)]
    assert len(lines) <= 8
    assert all(cell_len(line) <= width for line in lines)
    shown = " ".join(" ".join(lines).split())
    assert "30 reports, 360 passages" in shown
    assert "/help" in shown
    assert "Ctrl-D" in shown
    assert "/history" in shown
    assert examples[0] in shown


def test_prompt_leaves_half_of_the_line() -> None:
    assert prompt_text("", 40) == "> "
    scope = str(Scope(country="조선민주주의인민공화국 조선민주주의인민공화국", year=2021))
    assert cell_len(prompt_text(scope, 40)) <= 20
    assert prompt_text("North Korea, 2021", 80) == "North Korea, 2021 > "


def test_transcript_quotes_and_cites(hit_of) -> None:
    hit = hit_of("Prices *rose*. Wages fell. ")
    number = hit.passage.id
    press = replace(
        hit.passage, press=PressItem(date=hit.passage.report.accessed, kind="Report", title="t")
    )
    outside = answer_of(hit, verdict=Verdict.OUTSIDE)
    text = markdown(
        [
            Turn(line="What of prices? #1", reply=answer_of(hit, replace(hit, passage=press))),
            Turn(line="And the league?", reply=outside),
        ]
    )
    assert text == (
        "# A conversation with Pincite\n"
        "\n"
        "Every quotation is word for word from the report that is cited under it.\n"
        "\n"
        "## What of prices? \\#1\n"
        "\n"
        "> **Prices \\*rose\\*.** Wages fell. \n"
        ">\n"
        "> — Watch House, “Norland”, published 29 March 2022, section “Borders”, para. 1 "
        f"(counted), https://example.org/norland, accessed 31 January 2026, passage {number}\n"
        "\n"
        "See also:\n"
        "\n"
        "- Watch House, “Norland”, section “Borders”, item 1 (Report, 31 January 2026), "
        f"https://example.org/norland, accessed 31 January 2026, passage {number}\n"
        "\n"
        "## And the league?\n"
        "\n"
        "**Not in these reports. That they do not say it does not mean that it did not happen.**\n"
        "\n"
    )

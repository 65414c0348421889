import json
import lzma

import pytest

from corpus.errors import WrongUse
from embeddings.judging.training.paragraphs import (
    Asked,
    Paragraph,
    Part,
    read_public,
    read_reports,
    read_sheets,
    split,
    split_from_json,
    split_to_json,
)


def paragraph(country: str | None, year: int = 2019, number: int = 1, report: str = "r"):
    return Paragraph(
        id=f"{country}-{number}",
        report=report,
        country=country,
        year=year,
        section=(),
        text="Police beat prisoners.",
        asked=(Asked(id="1", question="Who?", answer="Police"),),
    )


def write(path, entries):
    text = "".join(json.dumps(entry) + "\n" for entry in entries)
    if path.suffix == ".xz":
        path.write_bytes(lzma.compress(text.encode()))
    else:
        path.write_text(text)


def entry(name, country, year):
    place = {"report": f"{country}-{year}", "country": country, "year": year}
    return {"id": name, "section": ["Trials"], "text": "The court sat."} | place


def test_sheets_are_read_with_their_questions_and_without_what_no_reader_may_learn_from(tmp_path):
    write(
        tmp_path / "passages.jsonl",
        [
            entry("a", "Mali", 2019),
            entry("b", "Belarus", 2019),
            entry("c", "Angola", 2011),
            entry("d", "Angola", 2012),
            entry("e", "Democratic People’s Republic of Korea", 2018),
        ],
    )
    question = {"id": "q", "passage": "a", "question": "When?", "kind": "period", "answer": None}
    write(tmp_path / "questions.jsonl", [question])
    read = read_sheets(tmp_path)
    assert [one.id for one in read] == ["a", "d"]
    assert read[0].asked == (Asked(id="q", question="When?", answer=None),)
    assert read[0].context == "Mali, 2019. Trials. "


def test_only_the_reports_that_are_named_are_read(tmp_path):
    write(tmp_path / "all.jsonl.xz", [entry("a", "Mali", 2019), entry("b", "Chad", 2019)])
    assert [one.id for one in read_reports(tmp_path / "all.jsonl.xz", ["Chad-2019"])] == ["b"]


def test_a_folder_without_sheets_is_named(tmp_path):
    with pytest.raises(WrongUse, match=r"questions\.jsonl is missing"):
        read_sheets(tmp_path)


def test_a_public_question_that_only_seems_answered_has_no_answer(tmp_path):
    write(
        tmp_path / "passages.jsonl", [{"id": "1", "title": "Courts", "text": "It sat on Monday."}]
    )
    asked = {"id": "q", "question": "When?", "relevant": ["1"], "answers": ["on Monday"]}
    write(tmp_path / "questions-tune.jsonl", [asked])
    adversarial = {"id": "n", "question": "Where?", "passage": "1", "plausible": ["Monday"]}
    write(tmp_path / "adversarial-tune.jsonl", [adversarial])
    (read,) = read_public(tmp_path)
    assert [asked.answer for asked in read.asked] == ["on Monday", None]


def test_a_country_is_kept_aside_whole_under_all_its_names():
    sheets = [
        paragraph(f"Country {number}", number=at) for number in range(60) for at in range(3)
    ] + [paragraph(name) for name in ("The Gambia", "Gambia, The")]
    public = [paragraph(None, report=f"article {number}") for number in range(10)]
    for seed in range(20):
        kept = split(sheets, public, seed)
        parts = {one.country: kept.part(one) for one in sheets}
        assert parts["The Gambia"] == parts["Gambia, The"]
        sizes = [sum(kept.part(one) is part for one in sheets) for part in Part]
        assert sizes[1] >= 0.05 * len(sheets)
        assert sizes[2] >= 0.1 * len(sheets)
        assert sum(kept.part(one) is Part.TEST for one in public) == 4
        assert split_from_json(split_to_json(kept)) == kept
    assert split(sheets, public, 1) == split(sheets, public, 1) != split(sheets, public, 2)

"""The commands that change and show a library."""

import codecs
import json
import re

from corpus import shipping
from corpus.digests import shipped

ANSWERED = "How many people fled to the South in 2021?"


def test_a_report_is_added_listed_shown_and_removed(pincite, prepared, own_copy, page_file):
    library = ["--library", str(own_copy(prepared))]
    ran = pincite("add", str(page_file), "--id", "norland", "--country", "Norland", *library)
    assert ran.status == 0
    assert "Added norland (“Norland”): 9 passages.\n" in ran.out
    ran = pincite("add", str(page_file), *library)
    unchanged = "norland (“Norland”) is already in the library; nothing changed.\n"
    assert (ran.status, ran.out) == (0, unchanged)
    assert "norland\n" in pincite("list", *library).out
    shown = pincite("show", "norland", *library).out
    assert re.search(r"publisher +not stated", shown)
    assert re.search(r"country +Norland", shown)
    assert "Economic and social rights – Workers’ rights" in shown
    ran = pincite("remove", "norland", *library)
    assert (ran.status, ran.out) == (0, "Removed norland (1 version).\n")
    ran = pincite("show", "norland", *library)
    assert ran.status == 2
    assert "'norland'" in ran.err


def test_a_changed_report_encodes_only_what_changed(pincite, prepared, own_copy, page_file):
    library = ["--library", str(own_copy(prepared))]
    pincite("add", str(page_file), "--id", "norland", *library)
    asked = pincite("ask", "Did prices rise?", "--json", "--report", "norland", *library)
    before = json.loads(asked.out)["hits"][0]
    assert "threefold" in before["text"]
    text = page_file.read_text("utf-8").replace("threefold", "fourfold")
    page_file.write_text(text, encoding="utf-8")
    ran = pincite("add", str(page_file), "--id", "norland", *library)
    assert "9 passages, 1 newly encoded." in ran.out
    assert "This is version 2" in ran.out
    shown = pincite("show", before["passage_id"], *library).out
    assert "threefold" in shown
    assert "From version 1 of the report; the current version does not have it." in shown
    asked = pincite("ask", "Did prices rise?", "--json", "--report", "norland", *library)
    assert "fourfold" in json.loads(asked.out)["hits"][0]["text"]


def test_metadata_may_stand_beside_the_report(pincite, prepared, own_copy, page_file):
    library = ["--library", str(own_copy(prepared))]
    page_file.with_suffix(".toml").write_text('id = "n"\nperiod = "2020"', encoding="utf-8")
    pincite("add", str(page_file), "--period", "2021", *library)
    assert re.search(r"period +2021", pincite("show", "n", *library).out)


DIGEST = """\
---
id: velmora-digest
title: Velmora in short
publisher: Lantern Watch
country: Velmora
period: "2021"
kind: digest
---

## Freedom of movement

Only 217 people, 88 of them women, fled to Kell. (Lantern Watch, “Freedom of movement”.)
"""
FLED = "How many people fled to Kell in 2021?"


def test_a_digest_steps_aside_for_its_report_and_comes_back(
    pincite, with_invented, own_copy, tmp_path
):
    library = ["--library", str(own_copy(with_invented))]
    digest = tmp_path / "velmora-digest.md"
    digest.write_text(DIGEST, encoding="utf-8")
    aside = "The digest velmora-digest steps aside from answers for lantern-watch-velmora-2021."
    pincite("add", str(digest), *library)
    status = pincite("status", *library)
    assert status.status == 0
    assert aside in status.out
    hits = json.loads(pincite("ask", FLED, "-k", "50", "--json", *library).out)["hits"]
    assert {hit["citation"]["kind"] for hit in hits} == {"verbatim"}
    pincite("remove", "lantern-watch-velmora-2021", *library)
    assert aside not in pincite("status", *library).out
    hits = json.loads(pincite("ask", FLED, "--json", *library).out)["hits"]
    assert {hit["citation"]["kind"] for hit in hits} == {"digest"}


def test_a_digest_that_was_removed_does_not_come_back(pincite, prepared, own_copy):
    library = ["--library", str(own_copy(prepared))]
    pincite("remove", "amnesty-international-north-korea-2021-digest", *library)
    assert pincite("list", *library).out == ""
    ran = pincite("ask", ANSWERED, *library)
    assert ran.status == 2
    assert "holds no report; add one: pincite add FILE." in ran.err


def test_the_status_of_a_library(pincite, with_page):
    ran = pincite("status", "--library", str(with_page))
    assert ran.status == 0
    for said in (str(with_page), "reports    2", "all-MiniLM-L6-v2@", "health     sound", "MB"):
        assert said in ran.out


def test_a_library_that_was_only_looked_into_answers_as_any_other(
    pincite, prepared, own_copy, tmp_path
):
    """What ships with Pincite is encoded by the first question, or the first addition."""
    library = ["--library", str(tmp_path / "new")]
    listed = pincite("list", *library)
    assert (listed.status, listed.err) == (0, "")
    assert listed.out == pincite("list", "--library", str(own_copy(prepared))).out
    status = pincite("status", *library)
    assert status.status == 0
    for said in ("model      none yet", "index      none yet", "health     sound"):
        assert said in status.out
    failed = pincite("ask", ANSWERED, "--model", "no-such-model", *library)
    assert "the model 'no-such-model'" in failed.err
    assert pincite("status", *library).out == status.out
    asked = pincite("ask", ANSWERED, "--json", *library)
    again = pincite("ask", ANSWERED, "--json", "--library", str(prepared))
    assert (asked.status, asked.out) == (3, again.out)
    assert "all-MiniLM-L6-v2@" in pincite("status", *library).out


def test_an_addition_to_a_library_that_was_only_looked_into(pincite, tmp_path, page_file):
    library = ["--library", str(tmp_path / "new")]
    pincite("list", *library)
    assert ": 9 passages.\n" in pincite("add", str(page_file), *library).out
    assert "reports    2" in pincite("status", *library).out
    assert "63 people" in pincite("ask", ANSWERED, *library).out


def test_a_digest_with_a_newer_text_is_encoded_by_the_next_question(
    pincite, prepared, own_copy, monkeypatch, tmp_path
):
    folder = own_copy(prepared)
    newer = tmp_path / "north-korea-2021.md"
    text = shipped()[0].read_text("utf-8")
    newer.write_text(f"{text}\n\nA zebra was seen in the harbour of Orrest.\n", "utf-8")
    monkeypatch.setattr(shipping, "shipped", lambda: [newer])
    library = ["--library", str(folder)]
    assert pincite("list", *library).status == 0
    assert "pincite rebuild makes it anew" in pincite("status", *library).out
    asked = pincite("ask", "What was seen in the harbour of Orrest?", "--json", *library)
    assert "A zebra was seen" in json.loads(asked.out)["hits"][0]["text"]
    assert "health     sound\n" in pincite("status", *library).out


def test_the_status_says_what_is_wrong_with_the_index(pincite, prepared, own_copy):
    folder = own_copy(prepared)
    (dense,) = folder.glob("index/*/dense.faiss")
    dense.write_bytes(dense.read_bytes()[:-10])
    library = ["--library", str(folder)]
    assert "the index is damaged (dense.faiss)" in pincite("status", *library).out
    assert "63 people" in pincite("ask", ANSWERED, *library).out
    assert "health     sound\n" in pincite("status", *library).out


# what a report says does not act on the terminal


def test_control_characters_of_a_report_do_not_reach_the_terminal(
    pincite, prepared, own_copy, tmp_path
):
    library = ["--library", str(own_copy(prepared))]
    path = tmp_path / "evil.md"
    path.write_text(
        "---\nid: evil\n---\n# Title \x1b]0;owned\x07\n\n## Sec\x1b[2Jtion\n\n"
        "The purple zebra\x1b[31m sang \x9b31m in\x08 Zanzibar.\n",
        encoding="utf-8",
    )
    question = "Where did the purple zebra sing?"
    outputs = [
        pincite("add", str(path), *library),
        pincite("add", str(path), *library),
        pincite("ask", question, "--report", "evil", *library),
        pincite("chat", *library, stdin=f"{question}\n"),
        pincite("list", *library),
        pincite("show", "evil", *library),
        pincite("status", *library),
    ]
    asked = pincite("ask", question, "--json", "--report", "evil", *library)
    (hit,) = json.loads(asked.out)["hits"]
    assert "\x1b[31m" in hit["text"]
    outputs.append(asked)
    outputs.append(pincite("show", hit["passage_id"], *library))
    for ran in outputs:
        assert ran.status in (0, 3)
        assert not set(ran.out + ran.err) & set("\x1b\x07\x08\x9b"), ran.out
    assert "purple zebra" in outputs[-1].out


def test_adding_says_what_was_left_out_and_how_the_file_was_read(
    pincite, prepared, own_copy, tmp_path
):
    library = ["--library", str(own_copy(prepared))]
    path = tmp_path / "norland.md"
    text = (
        "# Norland\n\nFees &amp; *fines* rose in the harbour of Orrest ~~to 200~~ to 300.\n\n"
        "<!-- two\nlines -->\n\n![map](map.png) [law](https://example.org)\n\n<!-- open\n"
    )
    path.write_bytes(codecs.BOM_UTF16_LE + text.encode("utf-16-le"))
    ran = pincite("add", str(path), *library)
    assert ran.status == 0
    assert ran.out.splitlines()[1:] == [
        "Read as UTF-16: see that its letters are right.",
        "Left out: 1 HTML comment (2 words), lines 5–6.",
        "Left out: 1 mark of an HTML comment that nothing closes (0 words), line 10.",
        "Left out: 1 picture (2 words), line 8.",
        "Left out: 1 struck-out stretch (2 words), line 3.",
        "Left out: 1 link address (3 words), line 8.",
    ]
    asked = pincite("ask", "What rose in Orrest?", "--report", "norland", "--json", *library)
    hit = json.loads(asked.out)["hits"][0]
    assert hit["text"] == "Fees & fines rose in the harbour of Orrest  to 300."
    path.write_text(text, encoding="utf-8")
    assert "Read as" not in pincite("add", str(path), *library).out


def test_an_item_is_found_and_cited_by_its_own_date(pincite, with_page):
    library = ["--library", str(with_page), "--report", "watch-house-norland-2021"]
    asked = "How many people were held for a week?"
    ran = pincite("ask", asked, "--year", "2019", "--json", *library)
    (hit,) = json.loads(ran.out)["hits"]
    cited = hit["citation"]
    assert (cited["period"], cited["published"]) == ("2019-06-08", "2019-06-08")
    assert "covering" not in cited["text"]
    assert "8 June 2019" in cited["text"]
    found = json.loads(pincite("ask", asked, "--year", "2021", "-k", "50", "--json", *library).out)
    assert "2019-06-08" not in {hit["citation"]["published"] for hit in found["hits"]}

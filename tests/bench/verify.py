"""What `pincite verify` finds of quotations whose right verdict is known, and how fast.

    python tests/bench/verify.py LIBRARY ITEMS.jsonl DRAFTS [--wrong]

DRAFTS is a folder of drafts (.md, .docx, .pdf). A line of ITEMS has draft (a file there), id,
verdict, edit and quote, as the draft has it. Shares with exact 95 % intervals (Clopper and Pearson,
1934). "Untouched" are the quotations that are exact or exact but for typesetting; warned of is each
of them with another verdict. --wrong lists the items with another verdict by id and edit only.
Nothing may be fitted to items that are reported.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from measuring import about, said
from scipy.stats import binomtest

from bot.assemble import open_verifier
from bot.cli.progress import display
from bot.cli.verify import read_draft
from bot.verifying.finding import Verdict
from corpus.storage.library import Library

WORDS_OF_A_PAGE = 300
NOT_TAKEN = "not taken"
UNTOUCHED = {Verdict.EXACT, Verdict.EXACT_BUT_FOR}


def share(right: int, count: int) -> dict[str, Any]:
    interval = binomtest(right, count).proportion_ci(0.95, "exact")
    low, high = round(float(interval.low), 4), round(float(interval.high), 4)
    return {"of": count, "count": right, "share": round(right / count, 4), "95 %": [low, high]}


def squeezed(text: str) -> str:
    """A text by which an item is found again: without the white space of the draft's format."""
    return "".join(text.split())


def judged(library: Path, items: Sequence[dict[str, Any]], drafts: Path) -> dict[str, Any]:
    """The verdict on each item by its id; the seconds, the words and the findings of all drafts."""
    verdicts: dict[str, str] = {}
    of_draft = defaultdict(list)
    for item in items:
        of_draft[item["draft"]].append(item)
    words = found = 0
    with Library(library) as opened, open_verifier(opened, display) as verifier:
        begun = time.perf_counter()
        for name, own in sorted(of_draft.items()):
            path = drafts / name
            draft = read_draft(path, path.read_bytes())
            findings = verifier.draft(draft)
            words += sum(len(part.text.split()) for part in draft.parts)
            found += len(findings)
            by_text = {squeezed(finding.text): str(finding.verdict) for finding in findings}
            for item in own:
                verdicts[item["id"]] = by_text.get(squeezed(item["quote"]), NOT_TAKEN)
        seconds = time.perf_counter() - begun
    return {"verdicts": verdicts, "seconds": seconds, "words": words, "found": found}


def main() -> None:
    library, listed, drafts = (Path(given) for given in sys.argv[1:4])
    items = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines()]
    ran = judged(library, items, drafts)
    verdicts = ran["verdicts"]
    right = {item["id"] for item in items if verdicts[item["id"]] == item["verdict"]}
    due = Counter(item["verdict"] for item in items)
    given: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        given[item["verdict"]][verdicts[item["id"]]] += 1
    altered = [item["id"] for item in items if item["verdict"] == Verdict.ALTERED]
    untouched = [item["id"] for item in items if item["verdict"] in UNTOUCHED]
    passed = sum(verdicts[one] in UNTOUCHED for one in altered)
    warned = sum(verdicts[one] not in UNTOUCHED for one in untouched)
    pages = ran["words"] / WORDS_OF_A_PAGE
    result = {
        **about(),
        "quotations": len(items),
        "right verdict": share(len(right), len(items)),
        "altered called exact": share(passed, len(altered)),
        "untouched warned of": share(warned, len(untouched)),
        "by verdict": {
            verdict: share(given[verdict][verdict], count) | {"given": dict(given[verdict])}
            for verdict, count in due.items()
        },
        "findings that are no item": ran["found"] - len(items),
        "pages of 300 words": round(pages, 1),
        "seconds for 30 pages": round(30 * ran["seconds"] / pages, 2),
    }
    said(result)
    if "--wrong" in sys.argv:
        for item in items:
            if item["id"] not in right:
                told = f"{item['id']} {item['edit']}: {item['verdict']} -> {verdicts[item['id']]}"
                print(told, file=sys.stderr)


if __name__ == "__main__":
    main()

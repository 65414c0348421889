"""A log of what was asked and answered, each line chained by its hash to the one before.

Kept only where the person asks for it, since it holds the questions; its owner alone can read it.
A line that is changed, taken out or put in breaks the chain from there on. Who rewrites the whole
file can make a whole chain: the last line's hash, kept elsewhere, shows that, too.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answering.answer import Answer
from corpus.citing.citations import cite
from corpus.errors import WrongUse
from corpus.scope import Scope
from corpus.stated import read_json
from corpus.storage.entries import Entry
from corpus.storage.fingerprint import fingerprint
from corpus.writing import append_line, whole_lines

_VERSION = 1
_BEGINNING = "0" * 64
_BEGINS = f'{{"version": {_VERSION}, "time": '.encode()
_FILTERS = ("report", "country", "year", "section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What answers: the library's reports, the model that searches and the reader, if any.

    `reports` has the version of each report and the hash of its file, by its id.
    """

    fingerprint: str
    reports: Mapping[str, tuple[int, str]]
    model: str
    reader: str | None
    thesaurus: bool

    @classmethod
    def of(
        cls, entries: Sequence[Entry], *, model: str, reader: str | None, thesaurus: bool
    ) -> "Setting":
        """Of a library's entries."""
        return cls(
            fingerprint=fingerprint(entries),
            reports={one.report.id: (one.version, one.report.sha256) for one in entries},
            model=model,
            reader=reader,
            thesaurus=thesaurus,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A line of a log: a question and what answered it.

    `results` are the ids of the passages, best first, each with where in it the answer stands.
    """

    time: str
    question: str
    scope: Scope
    k: int
    setting: Setting
    verdict: str
    results: tuple[tuple[str, int, int], ...]


def keep(
    path: Path,
    answer: Answer,
    *,
    scope: Scope,
    k: int,
    setting: Setting,
    now: datetime.datetime,
) -> None:
    """Add a line to a log, which is begun where there is none; raises WrongUse.

    Only the last line is checked: `read_log` checks all.
    """
    last = _last(path) if path.exists() else None
    line = {
        "version": _VERSION,
        "time": now.isoformat(timespec="seconds"),
        "question": answer.question,
        "filters": {name: getattr(scope, name) for name in _FILTERS},
        "k": k,
        "library": setting.fingerprint,
        "reports": {name: list(held) for name, held in setting.reports.items()},
        "model": setting.model,
        "reader": setting.reader,
        "thesaurus": setting.thesaurus,
        "verdict": str(answer.verdict),
        "results": [
            {"passage": name, "start": start, "stop": stop, "citation": cite(hit.passage)}
            for hit, (name, start, stop) in zip(answer.hits, _results(answer), strict=True)
        ],
        "previous": last["hash"] if last else _BEGINNING,
    }
    if last and last["library"] == line["library"]:
        line["reports"] = None  # they stand in the line that had this library first
    line["hash"] = _hash(line)
    _append(path, json.dumps(line, ensure_ascii=False))


def read_log(path: Path) -> list[Logged]:
    """The lines of a log; raises WrongUse naming the first that is not as it was written."""
    reports: dict[str, Mapping[str, tuple[int, str]]] = {}
    logged = []
    for number, line in enumerate(_lines(path), 1):
        try:
            if line["reports"] is not None:
                reports[line["library"]] = {
                    name: (held[0], held[1]) for name, held in line["reports"].items()
                }
            logged.append(_logged(line, reports[line["library"]]))
        except (KeyError, TypeError, AttributeError, IndexError):
            raise WrongUse(f"line {number} of {path} is not a line of a research log.") from None
    return logged


def _logged(line: Mapping[str, Any], reports: Mapping[str, tuple[int, str]]) -> Logged:
    return Logged(
        time=line["time"],
        question=line["question"],
        scope=Scope(**line["filters"]),
        k=line["k"],
        setting=Setting(
            fingerprint=line["library"],
            reports=reports,
            model=line["model"],
            reader=line["reader"],
            thesaurus=line["thesaurus"],
        ),
        verdict=line["verdict"],
        results=tuple((one["passage"], one["start"], one["stop"]) for one in line["results"]),
    )


def replayed(
    logged: Iterable[Logged], ask: Callable[[Logged], tuple[Answer, Setting]]
) -> Iterator[tuple[Logged, list[str]]]:
    """Each line with what is otherwise now: nothing, or a sentence for each thing."""
    for line in logged:
        answer, setting = ask(line)
        changed = [*_otherwise(line, answer)]
        yield line, [*changed, *(_because(line.setting, setting) if changed else ())]


def _otherwise(line: Logged, answer: Answer) -> Iterator[str]:
    if line.verdict != str(answer.verdict):
        yield f"the verdict was {line.verdict} and is {answer.verdict}"
    now = _results(answer)
    for rank in range(max(len(line.results), len(now))):
        was = line.results[rank] if rank < len(line.results) else None
        is_now = now[rank] if rank < len(now) else None
        if was != is_now:
            yield f"rank {rank + 1} was {_named(was)} and is {_named(is_now)}"


def _results(answer: Answer) -> tuple[tuple[str, int, int], ...]:
    """The ids of an answer's passages, each with where in it the answer stands."""
    found = []
    for hit in answer.hits:
        place = hit.passage.quoted
        assert place is not None, "a hit quotes of its passage"
        found.append((hit.passage.id, place.start, place.stop))
    return tuple(found)


def _named(result: tuple[str, int, int] | None) -> str:
    return f"passage {result[0]} at {result[1]}:{result[2]}" if result else "nothing"


def _because(was: Setting, now: Setting) -> Iterator[str]:
    """What of the library or of what searches it is not as it was."""
    for name in sorted(now.reports.keys() - was.reports.keys()):
        yield f"the report {name} was added"
    for name in sorted(was.reports.keys() - now.reports.keys()):
        yield f"the report {name} was removed"
    for name in sorted(was.reports.keys() & now.reports.keys()):
        if was.reports[name] != now.reports[name]:
            yield f"the report {name} has another version"
    for what, before, after in [
        ("model", was.model, now.model),
        ("reader", was.reader, now.reader),
    ]:
        if before != after:
            yield f"the {what} was {before or 'none'} and is {after or 'none'}"


def _last(path: Path) -> dict[str, Any] | None:
    """The last line of a log, None of one that is empty; raises WrongUse."""
    text = _text(path, mended=True)
    if not text:
        return None
    line = _parsed(text.rstrip("\n").rpartition("\n")[2])
    if line is None or line.get("hash") != _hash(line):
        raise WrongUse(f"the last line of {path} is not as it was written; begin a new log.")
    return line


def _lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a log whose chain is whole; raises WrongUse."""
    previous = _BEGINNING
    lines: list[dict[str, Any]] = []
    for number, content in enumerate(_text(path).removesuffix("\n").split("\n"), 1):
        line = _parsed(content)
        if line is None:
            raise WrongUse(f"line {number} of {path} is not a line of a research log.")
        if line.get("previous") != previous or line.get("hash") != _hash(line):
            raise WrongUse(
                f"line {number} of {path} is not as it was written, or a line before it is "
                "missing; what stands from there on proves nothing. Begin a new log."
            )
        previous = line["hash"]
        lines.append(line)
    return lines


def _is_kept(last: bytes) -> bool:
    """Whether what follows the last line feed is anything but the beginning of a line.

    Such a beginning is what a kill or a full disk leaves. What no log begins with is not ours.
    """
    return _parsed(last) is not None or last[: len(_BEGINS)] != _BEGINS[: len(last)]


def _text(path: Path, *, mended: bool = False) -> str:
    try:
        content = path.read_bytes()
        return (whole_lines(content, _is_kept) if mended else content).decode()
    except OSError as error:
        raise WrongUse(f"{path} cannot be read ({error.strerror}); name another file.") from None
    except UnicodeDecodeError:
        raise WrongUse(f"{path} is not a research log; name another file.") from None


def _parsed(content: str | bytes) -> dict[str, Any] | None:
    try:
        line = read_json(content)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None


def _hash(line: Mapping[str, Any]) -> str:
    """SHA-256 of a line without its hash, its fields in the order of their names."""
    content = {name: value for name, value in line.items() if name != "hash"}
    spelled = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode(errors="surrogatepass")).hexdigest()


def _append(path: Path, line: str) -> None:
    try:
        append_line(path, line.encode(), _is_kept)
    except OSError as error:
        raise WrongUse(
            f"the log {path} cannot be written ({error.strerror}); name another file."
        ) from None

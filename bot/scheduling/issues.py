"""The issues of a case, read from Markdown or TOML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from corpus.errors import WrongUse
from corpus.scope import Scope
from corpus.stated import read_toml

_PASSAGE = re.compile(r"(?:passage\s+)?([0-9a-f]{16})")
_KEYS = ("country", "year")
_HOW = (
    "write # and the schedule's title, perhaps a line “country: NAME” or “year: YEAR”, ## and an "
    "issue's title, and under it - and a question or a passage's id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What is in dispute: its title, questions to the reports and passages chosen by their ids."""

    title: str
    questions: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The issues of a case, and to what the questions are restricted."""

    title: str
    issues: tuple[Issue, ...]
    country: str | None = None
    year: int | None = None

    @property
    def scope(self) -> Scope:
        """What the questions are asked of."""
        return Scope(country=self.country, year=self.year)


def read_case(text: str, name: str) -> Case:
    """The case in a file of this name: TOML where it ends in .toml, else Markdown.

    Raises WrongUse naming the line or the field.
    """
    case = _from_toml(text, name) if name.endswith(".toml") else _from_markdown(text, name)
    if not case.issues:
        raise WrongUse(f"{name} has no issue; {_HOW}.")
    for issue in case.issues:
        if not (issue.questions or issue.passages):
            raise WrongUse(
                f"the issue {issue.title!r} in {name} has neither a question nor a passage; {_HOW}."
            )
    return case


def _from_markdown(text: str, name: str) -> Case:
    case = Case(title="Country information schedule", issues=())
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if line.strip():
            case = _with_line(case, line.strip(), f"line {number} of {name}")
    return case


def _with_line(case: Case, line: str, where: str) -> Case:
    mark, _, rest = line.partition(" ")
    match mark:
        case "#" if rest:
            return replace(case, title=rest.strip())
        case "##" if rest:
            return replace(case, issues=(*case.issues, Issue(title=rest.strip())))
        case "-" | "*" if rest and case.issues:
            return replace(case, issues=(*case.issues[:-1], _with_item(case.issues[-1], rest)))
    key, colon, value = line.partition(":")
    if colon and key.strip().lower() in _KEYS and not case.issues:
        return _restricted(case, key.strip().lower(), value.strip(), where)
    raise WrongUse(f"{where} is not understood ({line[:40]!r}); {_HOW}.")


def _with_item(issue: Issue, item: str) -> Issue:
    item = item.strip()
    if found := _PASSAGE.fullmatch(item):
        return replace(issue, passages=(*issue.passages, found[1]))
    return replace(issue, questions=(*issue.questions, item))


def _restricted(case: Case, key: str, value: str, where: str) -> Case:
    if key == "country":
        return replace(case, country=value)
    if not re.fullmatch(r"\d{4}", value):
        raise WrongUse(f"the year {value!r} in {where} is not one; write it in four figures.")
    return replace(case, year=int(value))


def _from_toml(text: str, name: str) -> Case:
    try:
        stated = read_toml(text)
    except ValueError as error:
        raise WrongUse(f"{name} is not valid TOML ({error}).") from None
    _check_keys(stated, {"title", "issue", *_KEYS}, name)
    issues = stated.get("issue", [])
    if not isinstance(issues, list):
        raise WrongUse(f"issue in {name} is not a list of tables; write [[issue]] over each.")
    case = Case(
        title=_text(stated, "title", name) or "Country information schedule",
        issues=tuple(_issue(issue, name) for issue in issues),
    )
    for key in _KEYS:
        if key in stated:
            case = _restricted(case, key, str(stated[key]), name)
    return case


def _issue(stated: Any, name: str) -> Issue:
    if not isinstance(stated, dict) or not _text(stated, "title", name):
        raise WrongUse(f"an issue in {name} has no title; write [[issue]] and title = “…”.")
    _check_keys(stated, {"title", "questions", "passages"}, name)
    return Issue(
        title=stated["title"],
        questions=_texts(stated, "questions", name),
        passages=_texts(stated, "passages", name),
    )


def _text(stated: Mapping[str, Any], key: str, name: str) -> str:
    value = stated.get(key, "")
    if not isinstance(value, str):
        raise WrongUse(f"{key} in {name} is not a text; write it in quotation marks.")
    return value.strip()


def _texts(stated: Mapping[str, Any], key: str, name: str) -> tuple[str, ...]:
    values = stated.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise WrongUse(f"{key} in {name} is not a list of texts; write {key} = [“…”, “…”].")
    return tuple(value.strip() for value in values if value.strip())


def _check_keys(stated: Mapping[str, Any], known: set[str], name: str) -> None:
    if unknown := sorted(set(stated) - known):
        raise WrongUse(
            f"{name} has the field {unknown[0]!r}, which means nothing here; the fields are "
            f"{', '.join(sorted(known))}."
        )

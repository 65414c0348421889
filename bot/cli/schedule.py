"""The command `pincite schedule`."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.log import keep_in, log_option
from bot.cli.options import library_option, model_option, open_pincite, reader_option
from bot.rendering.saying import say
from corpus.citing.styles import Style
from corpus.errors import NotInLibrary, WrongUse

if TYPE_CHECKING:
    from bot.answering.answer import Answer
    from bot.assemble import Pincite
    from bot.scheduling.document import Document
    from bot.scheduling.schedule import Schedule, Searched
    from corpus.passage import Passage
    from corpus.scope import Scope

FORMATS = (".docx", ".html", ".md")
# Of the First-tier Tribunal (Immigration and Asylum Chamber), Practice Direction of 1 November
# 2024, 10.6 (b); more pages need its permission in writing.
_MOST_PAGES = 12
_WORDED = [str(style) for style in Style if style not in (Style.BIBTEX, Style.RIS, Style.CSL_JSON)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """What a schedule is made from, of a library that is open."""

    opened: "Pincite"
    log: Path | None

    def ask(self, question: str, *, k: int, scope: "Scope") -> "Answer":
        answer = self.opened.ask(question, k=k, scope=scope)
        keep_in(self.log, self.opened, answer, scope, k=k)
        return answer

    def passage(self, passage_id: str) -> "Passage":
        return self.opened.library.resolve(passage_id).passage

    def report_passages(self, report_id: str) -> "Sequence[Passage]":
        return self.opened.report_passages(report_id)


@click.command()
@click.argument("issues", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="The schedule: .docx, .html or .md.",
)
@click.option("-k", "k", default=3, show_default=True, metavar="N", help="Extracts a question.")
@click.option(
    "--notes",
    type=click.Choice(["lines", "footnotes", "references"]),
    default="lines",
    show_default=True,
    help="Where full citations stand: over each extract, at the foot of the page, in a list.",
)
@click.option(
    "--cite",
    "style",
    type=click.Choice(_WORDED, case_sensitive=False),
    metavar="STYLE",
    help=f"The citations' style: {', '.join(_WORDED)} (default: tribunal, in notes: note).",
)
@click.option("--pages", "limit", default=_MOST_PAGES, show_default=True, help="The most pages.")
@log_option
@model_option
@reader_option
@library_option
@click.pass_context
def schedule(
    context: click.Context,
    /,
    issues: Path,
    output: Path,
    k: int,
    *,
    notes: str,
    style: str | None,
    limit: int,
    log: Path | None,
) -> int:
    """Make a country schedule of the issues of a case: extracts of the reports, issue by issue.

    ISSUES is Markdown: "# TITLE", perhaps lines "country: NAME" and "year: YEAR", "## ISSUE", and
    under it "- " and a question or the id of a passage; or the same in TOML. Each question brings
    the passage that answers it best and what other publishers say; where nothing answers, the
    schedule says what was searched.

    What to look at before it is filed is said on standard error. Exit status: 0 it fits the
    pages, 3 it does not, 2 wrong use, 1 fault.

    \b
    Example:
      pincite schedule case.md -o schedule.docx --notes footnotes --cite oscola
    """
    from bot.answering.answering import check_number
    from bot.scheduling.issues import read_case
    from bot.scheduling.layout import Notes, lay_out
    from bot.scheduling.pages import pages
    from bot.scheduling.schedule import make_schedule

    check_number(k)
    check_format(output, FORMATS)
    case = read_case(text_of(issues), issues.name)
    where = Notes(notes)
    chosen = Style(style or ("tribunal" if where is Notes.LINES else "note"))
    opened = open_pincite(context)
    made = make_schedule(case, _Source(opened=opened, log=log), _searched(opened, case.scope), k=k)
    document = lay_out(made, where, chosen)
    _write(document, output)
    count = pages(document)
    say(
        f"Wrote {output}: {len(made.extracts)} extract{'s' * (len(made.extracts) != 1)}, "
        f"{document.words:,} words, about {count} page{'s' * (count != 1)} "
        f"of A4 (limit: {limit}; Word shows the exact number)."
    )
    for line in _to_look_at(made, count, limit):
        say(line, err=True)
    return 0 if count <= limit else 3


def check_format(path: Path, formats: Sequence[str]) -> None:
    """Raise WrongUse where a file's name ends otherwise."""
    if path.suffix.lower() not in formats:
        raise WrongUse(f"{path} is none of the formats here; end its name in {', '.join(formats)}.")


def text_of(path: Path) -> str:
    """The text of a file that the person named; raises WrongUse."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise WrongUse(f"{path} is not text in UTF-8; save it as that.") from None
    except OSError as error:
        raise WrongUse(f"{path} cannot be read ({error.strerror}); name another file.") from None


def _searched(opened: "Pincite", scope: "Scope") -> "Searched":
    from bot.scheduling.schedule import Searched
    from corpus.storage.fingerprint import fingerprint

    library = opened.library
    try:
        in_scope = len(library.numbers(scope))
    except NotInLibrary:  # of the case's country or year there is nothing
        in_scope = 0
    return Searched(
        day=datetime.date.today(),
        reports=len(opened.active()),
        passages=library.count(),
        in_scope=in_scope,
        fingerprint=fingerprint(library.entries()),
    )


def _write(document: "Document", output: Path) -> None:
    from bot.scheduling.markdown import as_markdown
    from bot.scheduling.web import as_html
    from bot.scheduling.word import as_word
    from corpus.writing import write_chosen

    match output.suffix.lower():
        case ".docx":
            write_chosen(output, as_word(document))
        case ".html":
            write_chosen(output, as_html(document))
        case _:
            write_chosen(output, as_markdown(document))


def _to_look_at(made: "Schedule", count: int, limit: int) -> list[str]:
    """What a person should look at before the schedule is filed."""
    from corpus.citing.citations import not_stated
    from corpus.report import Kind

    lines = []
    if count > limit:
        lines.append(
            f"About {count} pages are more than {limit}: leave questions out, ask for fewer "
            "extracts with -k, or ask for permission."
        )
    for extract in made.extracts:
        passage = extract.passage
        if not extract.is_sure:
            lines.append(f"Extract {extract.number} may answer its question; read it.")
        if passage.report.kind is Kind.DIGEST:
            lines.append(f"Extract {extract.number} is a digest’s: not its source’s own words.")
        if extract.before is None:
            lines.append(f"Extract {extract.number} is of an earlier version of its report.")
        if "web address" in not_stated(passage):
            lines.append(f"Extract {extract.number} has no address to link to.")
    return lines

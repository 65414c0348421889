"""The command `pincite verify`."""

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import library_option, open_library
from bot.rendering.saying import say
from corpus.errors import WrongUse
from corpus.writing import write_chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.verifying.draft import Draft
    from bot.verifying.finding import Finding
    from bot.verifying.verifying import Verifier

# Exit status of `verify`: 0 where all is exact, 1 where anything is not; wrong use 2.
NOT_EXACT = 1
_AS_TEXT = (".md", ".markdown", ".txt")
_WORD, _PDF = ".docx", ".pdf"
_UNREAD = (".doc", ".odt", ".rtf", ".html", ".htm", ".tex", ".pages")
# A draft of 2,000 pages; beyond this a file is something else.
_LARGEST = 64_000_000


@click.command()
@click.argument("draft", metavar="DRAFT")
@click.option("--cite", metavar="TEXT", help="Where a quotation that is typed is cited from.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on one line.")
@click.option("--sarif", type=click.Path(path_type=Path), metavar="FILE", help="Also write SARIF.")
@click.option(
    "--comments",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write the Word draft with a comment at each finding.",
)
@library_option
@click.pass_context
def verify(
    context: click.Context,
    /,
    draft: str,
    *,
    cite: str | None,
    as_json: bool,
    sarif: Path | None,
    comments: Path | None,
) -> int:
    """Check quotations against the library: a draft (.md, .txt, .docx, .pdf) or typed words.

    Of a draft every quotation of five words or more is checked with the citation beside it, and
    every figure of a sentence that cites without quoting; `-` reads from standard input.

    Exit status: 0 all is exact, 1 something is not, 2 wrong use.

    \b
    Examples:
      pincite verify draft.docx --comments draft-checked.docx
      pincite verify "at least 68 people fled" --cite "Amnesty International 2021, para. 3"
    """
    path = _path(draft)
    if comments is not None and (path is None or path.suffix.lower() != _WORD):
        raise WrongUse("--comments needs a Word draft (.docx); leave it out, or give one.")
    if comments is not None and path is not None and comments.resolve() == path.resolve():
        raise WrongUse(f"--comments would write over the draft {path}; give another name.")
    content = _content(path) if path else _typed(draft)
    read = _read(path, content, cite)
    findings = _found(context, read)
    _write(findings, path, content, sarif, comments)
    if as_json:
        from bot.rendering.findings import to_json

        say(to_json(findings, str(path) if path else None))
    else:
        from bot.rendering.findings import table
        from bot.rendering.screen import print_lines

        print_lines(table(findings))
    return 0 if all(finding.is_sound for finding in findings) else NOT_EXACT


def _path(draft: str) -> Path | None:
    """The file that is meant, None where words were typed; raises WrongUse."""
    path = Path(draft)
    suffix = path.suffix.lower()
    if suffix in _UNREAD:
        raise WrongUse(
            f"{draft} is a {suffix} file; save it as Word (.docx), PDF, Markdown or text."
        )
    return path if suffix in (*_AS_TEXT, _WORD, _PDF) else None


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise WrongUse(f"{path} is larger than {_LARGEST // 1_000_000} MB; part it.")
        return path.read_bytes()
    except OSError as error:
        raise WrongUse(f"{path} cannot be read ({error.strerror}); give another file.") from None


def _typed(draft: str) -> bytes:
    return sys.stdin.buffer.read(_LARGEST) if draft == "-" else draft.encode()


def _read(path: Path | None, content: bytes, cite: str | None) -> "Draft":
    """What is to be checked; raises WrongUse where there is nothing."""
    from bot.verifying.markdown_draft import read_quotation
    from bot.verifying.quotations import cited_sentences, quotations

    draft = read_draft(path, content)
    if path is None and not any(quotations(draft)):
        draft = read_quotation(_decoded(path, content), cite or "")
    if not any(quotations(draft)) and not any(cited_sentences(draft)):
        raise WrongUse(
            f"{path or 'what was typed'} holds no quotation of five words or more, and no figure "
            "that is cited; give a draft that quotes."
        )
    return draft


def read_draft(path: Path | None, content: bytes) -> "Draft":
    """The paragraphs of a draft, by the ending of its name; raises WrongUse."""
    suffix = path.suffix.lower() if path else ""
    if path and suffix == _WORD:
        from bot.verifying.word_draft import read_word

        return read_word(content, str(path))
    if path and suffix == _PDF:
        from bot.verifying.document_draft import from_document
        from corpus.readers import read_content

        return from_document(read_content(path, content))
    from bot.verifying.markdown_draft import read_markdown

    return read_markdown(_decoded(path, content))


def _decoded(path: Path | None, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUse(
            f"{path or 'standard input'} is not text in UTF-8 (byte {error.start + 1}); save it "
            "as UTF-8."
        ) from None


def _found(context: click.Context, draft: "Draft") -> "list[Finding]":
    from bot.assemble import open_verifier
    from bot.cli.progress import display

    library = open_library(context)
    verifier: Verifier
    with open_verifier(library, display) as verifier:
        return verifier.draft(draft)


def _write(
    findings: "Sequence[Finding]",
    path: Path | None,
    content: bytes,
    sarif: Path | None,
    comments: Path | None,
) -> None:
    """The files that are asked for."""
    if sarif is not None:
        from importlib.metadata import version

        from bot.rendering.sarif import to_sarif

        name = path.as_posix() if path else None
        write_chosen(sarif, to_sarif(findings, name, version("pincite")) + "\n")
    if comments is not None:
        from bot.rendering.findings import note
        from bot.verifying.word_comments import Comment, with_comments

        now = datetime.datetime.now(datetime.UTC)
        told = [
            Comment(part=one.part, span=one.span, text=note(one))
            for one in findings
            if not one.is_sound
        ]
        write_chosen(comments, with_comments(content, str(path), told, now=now))

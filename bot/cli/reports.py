"""The commands about the reports of a library."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import (
    library_option,
    model_option,
    open_library,
    open_pincite,
    style_option,
)
from bot.rendering.printable import printable_json
from bot.rendering.saying import say
from corpus.citing.styles import Style
from corpus.errors import NotInLibrary

if TYPE_CHECKING:
    from corpus.passage import Passage
    from corpus.readers import Extraction
    from corpus.report import Report
    from corpus.storage.library import Library
    from corpus.storage.resolving import Edition


@click.command("list")
@library_option
@click.pass_context
def list_reports(context: click.Context) -> None:
    """List the reports in the library.

    \b
    Example:
      pincite list
    """
    from bot.rendering.reports import report_lines

    for entry in open_library(context).entries():
        say(report_lines(entry))


@click.command()
@click.argument("name", metavar="ID")
@style_option
@click.option("--extraction", is_flag=True, help="How the report's file was read.")
@click.option("--json", "as_json", is_flag=True, help="That as JSON.")
@click.option(
    "--page",
    type=click.Path(path_type=Path),
    metavar="FILE.png",
    help="Write the passage's page as a picture, with its words marked on it.",
)
@click.option(
    "--text",
    type=click.Path(path_type=Path),
    metavar="FILE.txt",
    help="Write the report's text, in which the places that `ask --json` gives are counted.",
)
@click.option("--quote", metavar="TEXT", help="Mark only these words of the passage.")
@library_option
@click.pass_context
def show(
    context: click.Context,
    /,
    *,
    name: str,
    extraction: bool,
    as_json: bool,
    page: Path | None,
    text: Path | None,
    quote: str | None,
    style: Style,
) -> None:
    """Show a report by its id, or a passage by its id: also one that was cited long ago.

    Of a report that was added as a PDF, a passage's page can be written as a picture to check its
    citation by eye; one that goes on over a page gives a picture of each. A passage that stood
    elsewhere in an earlier version is shown with all its citations.

    \b
    Example:
      pincite show amnesty-international-north-korea-2021-digest
      pincite show 0123456789abcdef --page cited.png
    """
    library = open_library(context)
    if page is not None:
        from bot.cli.pages import write_pages

        for path in write_pages(library, name, page, quote):
            say(f"Wrote {path}.")
    elif text is not None:
        say(f"Wrote {_write_text(library, name, text)}.")
    elif extraction or as_json:
        from bot.rendering.reading import extraction_lines, extraction_object

        report, found, passages = _extraction(library, name)
        if as_json:
            about = {"report_id": report.id, "title": report.title}
            say(printable_json(extraction_object(found, passages, **about)))
        else:
            say("\n".join(extraction_lines(found, passages)))
    elif any(entry.report.id == name for entry in library.entries()):
        from bot.rendering.reports import report_block

        say(report_block(library.entry(name), library.all_passages(name)))
    else:
        from bot.rendering.resolving import passage_block

        say(passage_block(library.resolve(name), _editions(library, name), style))


def _editions(library: "Library", name: str) -> "tuple[Edition, ...]":
    """A passage as each version of its report has it; none where that was removed."""
    from corpus.storage.resolving import History

    found = library.history(name)
    return found.editions if isinstance(found, History) else ()


def _write_text(library: "Library", name: str, path: Path) -> Path:
    """Write the text of a report, or of the version that a passage is from; raises WrongUse."""
    from corpus.storage.versions import Versions
    from corpus.writing import write_chosen

    if any(entry.report.id == name for entry in library.entries()):
        report_id, version = name, library.entry(name).version
    else:
        found = library.resolve(name)
        report_id, version = found.passage.report.id, found.version
    versions = Versions(library.path)
    try:
        write_chosen(path, versions.text(report_id, version))
    finally:
        versions.close()
    return path


def _extraction(library: "Library", name: str) -> "tuple[Report, Extraction, list[Passage]]":
    """How a report's file was read, with what it became; raises NotInLibrary."""
    from corpus.json_values import from_values
    from corpus.readers import Extraction

    entry = library.entry(name)
    kept = library.extraction(name, entry.version)
    if kept is None:
        raise NotInLibrary(
            f"{name} was added before Pincite kept how files are read; remove it and add its file "
            "again."
        )
    return entry.report, from_values(Extraction, json.loads(kept)), library.all_passages(name)


@click.command()
@click.argument("name", metavar="ID")
@library_option
@click.pass_context
def remove(context: click.Context, name: str) -> None:
    """Remove a report and all its versions from the library.

    Its words go from every file in the library's folder, copies of an older schema included. What
    stays is that it was there: its id, its passages' ids and the day, which `resolve` says of them.

    \b
    Example:
      pincite remove amnesty-international-north-korea-2021-digest
    """
    from bot.assemble import remove_report

    versions = remove_report(open_library(context), name)
    say(f"Removed {name} ({versions} version{'s' * (versions > 1)}).")


@click.command()
@model_option
@library_option
@click.pass_context
def rebuild(context: click.Context) -> None:
    """Encode what the model has not encoded yet, and build the search index anew.

    \b
    Example:
      pincite rebuild --model /models/my-model
    """
    opened = open_pincite(context)
    encoded = opened.rebuild()
    say(f"Encoded {encoded} texts with {opened.encoder.identity}; the index is in place.")


@click.command()
@library_option
@click.pass_context
def status(context: click.Context) -> int:
    """Say what the library holds, its model, its index, its sizes and whether it is sound.

    \b
    Example:
      pincite status
    """
    from bot.assemble import index_condition
    from bot.rendering.reports import status_block

    library = open_library(context)
    text, sound = status_block(library, index_condition(library))
    say(text)
    return 0 if sound else 1

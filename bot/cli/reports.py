"""The commands about the reports of a library."""

from pathlib import Path

import click

from bot.cli.options import (
    library_option,
    model_option,
    open_library,
    open_pincite,
    style_option,
)
from bot.rendering.saying import say
from corpus.citing.styles import Style


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", metavar="ID", help="The report's permanent name in the library.")
@click.option("--title", metavar="TEXT")
@click.option("--publisher", metavar="NAME")
@click.option("--author", metavar="NAME", help="The body whose report it is, if not the publisher.")
@click.option("--number", metavar="TEXT", help="The report's own number, such as A/HRC/52/30.")
@click.option("--country", metavar="NAME")
@click.option("--period", metavar="YEARS", help="What it covers, such as 2021 or 2021-07/2022-06.")
@click.option("--published", metavar="DATE", help="Year-month-day.")
@click.option("--accessed", metavar="DATE", help="When its source was read (default: today).")
@click.option("--url", metavar="ADDRESS")
@click.option("--archived", metavar="ADDRESS", help="Where a capture of that address is kept.")
@click.option("--captured", metavar="DATE", help="When it was made, if its address does not say.")
@click.option("--language", metavar="CODE")
@click.option("--licence", metavar="TEXT")
@model_option
@library_option
@click.pass_context
def add(context: click.Context, /, file: Path, **given: str | None) -> None:
    """Add a report: a text file (.txt) or Markdown (.md).

    What these options do not say is taken from a TOML file of the same name beside the report,
    then from the Markdown front matter. What nobody states is cited as not stated.

    \b
    Example:
      pincite add north-korea.txt --publisher "Amnesty International" \\
        --country "North Korea" --period 2021
    """
    from bot.rendering.reports import added_line
    from corpus.intake import load

    loaded = load(file, {key: value for key, value in given.items() if value is not None})
    opened = open_pincite(context)
    say(added_line(opened.add(loaded), opened.library.entries()))


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
@library_option
@click.pass_context
def show(context: click.Context, name: str, style: Style) -> None:
    """Show a report by its id, or a passage by its id: also one that was cited long ago.

    \b
    Example:
      pincite show amnesty-international-north-korea-2021-digest
    """
    from bot.rendering.reports import passage_block, report_block

    library = open_library(context)
    if any(entry.report.id == name for entry in library.entries()):
        say(report_block(library.entry(name), library.all_passages(name)))
    else:
        say(passage_block(library.resolve(name), style))


@click.command()
@click.argument("name", metavar="ID")
@library_option
@click.pass_context
def remove(context: click.Context, name: str) -> None:
    """Remove a report and all its versions from the library.

    \b
    Example:
      pincite remove amnesty-international-north-korea-2021-digest
    """
    versions = open_library(context).remove(name)
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

"""The command that adds reports to the library."""

import click

from bot.cli.options import library_option, model_option


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
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
@click.option(
    "--split-by",
    type=click.Choice(["country"]),
    help="Make a report of each country's entry in a report on many.",
)
@click.option("--use-guesses", is_flag=True, help="Take what the file seems to say of itself.")
@click.option("--dry-run", is_flag=True, help="Show what would be read, and add nothing.")
@click.option("--report", "reports", is_flag=True, help="Show how the reading went.")
@click.option("--json", "as_json", is_flag=True, help="Show that as JSON, an object a line.")
@click.option("--allow-private", is_flag=True, help="Fetch addresses of your own network, too.")
@model_option
@library_option
@click.pass_context
def add(
    context: click.Context,
    /,
    *,
    sources: tuple[str, ...],
    split_by: str | None,
    use_guesses: bool,
    dry_run: bool,
    reports: bool,
    as_json: bool,
    allow_private: bool,
    **given: str | None,
) -> int:
    """Add reports: PDF, web pages (.html), Word (.docx), Markdown (.md) or text (.txt).

    FILE is a file, a folder, a pattern, or the address of a web page. Of a folder all that can be
    read is added, and what is in the library unchanged is skipped, so the same command can be
    given again.

    What these options do not say is taken from a TOML file of the same name beside the report,
    then from the file, where it says so on purpose (Markdown's front matter). What nobody states
    is left out of citations, which say so beside them.

    \b
    Example:
      pincite add north-korea.pdf --publisher "Amnesty International" \\
        --country "North Korea" --period 2021
      pincite add annual-report.pdf --split-by country --period 2021
      pincite add reports/ --dry-run
    """
    from bot.cli.batch import Wishes, add_files

    wishes = Wishes(
        given={key: value for key, value in given.items() if value is not None},
        by_country=split_by is not None,
        guessing=use_guesses,
        dry_run=dry_run,
        reports=reports or as_json,
        as_json=as_json,
        allow_private=allow_private,
    )
    return add_files(context, sources, wishes)

"""The commands that keep a library sound: `pincite doctor` and `pincite backup`."""

from dataclasses import asdict
from pathlib import Path

import click

from bot.cli.options import library_option, model_option, open_library, open_pincite, settings
from bot.rendering.printable import printable_json
from bot.rendering.saying import say


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended from what is sound first.")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON, a line each.")
@model_option
@library_option
@click.pass_context
def doctor(context: click.Context, /, *, repair: bool, as_json: bool) -> int:
    """Examine the library and all that answers from it, a line each; reads all of it.

    What is derived from the reports' texts is made anew by --repair: encodings, the index. What a
    report says never is: remove such a report and add its file again, or put back a copy.

    Exit status: 0 all is sound, 1 something is not.

    \b
    Examples:
      pincite doctor
      pincite doctor --repair
    """
    from bot.examining import examine
    from bot.examining import repair as mend
    from bot.rendering.reports import examined_line

    if repair:
        mend(open_pincite(context))
    found = list(examine(settings(context), open_library(context)))
    for one in found:
        say(printable_json(asdict(one)) if as_json else examined_line(one))
    return 1 if any(one.wrong for one in found) else 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@library_option
@click.pass_context
def backup(context: click.Context, file: Path) -> None:
    """Copy the library's reports and encodings into one file, while others may write.

    The copy is proven before it has its name. To put it back, give it the name library.sqlite in
    the library's folder while nothing is running; the index is made anew by itself.

    \b
    Example:
      pincite backup /media/stick/library.sqlite
    """
    open_library(context).back_up(file)
    say(f"Copied the library to {file}.")

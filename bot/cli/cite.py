"""The commands about one passage that was cited: `pincite cite` and `pincite resolve`."""

import click

from bot.cli.options import library_option, open_library, style_option
from bot.rendering.saying import say
from corpus.citing.styles import Style, cited


@click.command()
@click.argument("name", metavar="PASSAGE_ID")
@style_option
@library_option
@click.pass_context
def cite(context: click.Context, name: str, style: Style) -> None:
    """Print the citation of a passage and nothing else, to be copied or piped.

    The styles oscola, chicago and apa need the extra pincite[styles].

    \b
    Examples:
      pincite cite 0123456789abcdef --cite tribunal
      pincite cite 0123456789abcdef --cite bibtex >> sources.bib
    """
    from corpus.storage.resolving import History

    library = open_library(context)
    citation = cited(library.resolve(name).passage, style)
    history = library.history(name)
    say(citation)
    if isinstance(history, History) and any(
        cited(edition.passage, style) != citation for edition in history.editions
    ):
        say(f"An earlier version is cited otherwise: pincite resolve {name}", err=True)


@click.command()
@click.argument("name", metavar="PASSAGE_ID")
@style_option
@library_option
@click.pass_context
def resolve(context: click.Context, name: str, style: Style) -> int:
    """Print a passage as it was when it was cited, and what became of it since.

    Whether it stands unchanged, was moved within its report, has other words now, or was removed.

    Exit status: 0 it stands as it was cited, 3 it does not, 2 nothing ever had the id.

    \b
    Example:
      pincite resolve 0123456789abcdef
    """
    from bot.rendering.resolving import resolved_block
    from corpus.citing.fates import Fate, fate_of

    found = fate_of(open_library(context).history(name))
    say(resolved_block(found, style))
    return 0 if found.fate is Fate.STANDS else 3

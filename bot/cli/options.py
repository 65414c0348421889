"""The options that every command has, and what they open."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.rendering.saying import say
from bot.settings import Settings
from corpus.citing.styles import NAMES, Style

if TYPE_CHECKING:
    from bot.assemble import Pincite
    from corpus.storage.library import Library
    from embeddings.adding import Display

Command = TypeVar("Command", bound=Callable[..., Any])


def _setting(name: str, metavar: str, text: str) -> Callable[[Command], Command]:
    """An option of every command, before or after its name; the last one given counts."""

    def keep(context: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            context.find_root().ensure_object(dict)[name] = value

    return click.option(f"--{name}", metavar=metavar, expose_value=False, callback=keep, help=text)


library_option = _setting(
    "library", "FOLDER", "The library's folder (default: PINCITE_LIBRARY, else your data folder)."
)
model_option = _setting(
    "model",
    "NAME",
    "A sentence-transformers model on this machine, by name or path "
    "(default: PINCITE_MODEL, else the one that comes with Pincite).",
)


def _without_reader(context: click.Context, _: click.Parameter, given: bool) -> None:
    if given:
        context.find_root().ensure_object(dict)["reads"] = False


reader_option = click.option(
    "--no-reader",
    is_flag=True,
    expose_value=False,
    callback=_without_reader,
    help="Do not read what is found, as on very small machines (default: PINCITE_READER); answers "
    "are then called “perhaps” at most.",
)


style_option = click.option(
    "--cite",
    "style",
    type=click.Choice(NAMES, case_sensitive=False),
    default="note",
    show_default=True,
    metavar="STYLE",
    callback=lambda _, __, name: Style(name),
    help=f"The citation's style: {', '.join(NAMES)}.",
)


def settings(context: click.Context) -> Settings:
    """What the options of a command, the environment and the defaults say."""
    return Settings.read(**context.find_root().ensure_object(dict))


def open_library(context: click.Context) -> "Library":
    """The library that the options name, until the command ends; loads no model."""
    from bot.assemble import open_library as opening

    library = opening(settings(context).library)
    context.call_on_close(library.close)
    return library


def open_pincite(
    context: click.Context, *, thesaurus: bool = True, display: "Display | None" = None
) -> "Pincite":
    """The library that the options name, with what answers from it, until the command ends."""
    from bot.assemble import Pincite
    from bot.cli import progress

    tell = partial(say, err=True)
    opened = Pincite(settings(context), display or progress.display, thesaurus=thesaurus, tell=tell)
    context.call_on_close(opened.library.close)
    return opened

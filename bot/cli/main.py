"""The command `pincite`."""

import contextlib
import io
import sys
from importlib import import_module
from pathlib import Path
from traceback import format_exception
from typing import NoReturn

import click

from bot.cli.options import library_option, model_option, open_pincite, reader_option
from bot.cli.streams import standard_streams
from bot.rendering.mending import told
from bot.rendering.saying import say
from bot.settings import shows_tracebacks
from corpus.errors import PinciteError, WrongUse

_INTERRUPTED = 130
_WARNING = (
    "PINCITE_DEBUG is set. This traceback can show a question and names of files; read it before "
    "you show it to anybody."
)


def main() -> NoReturn:
    """Run the command; every failure is one sentence on standard error and an exit status."""
    _leave_no_core()
    with standard_streams():
        sys.exit(_run())


def _leave_no_core() -> None:
    """Have the system keep nothing of the memory, which holds questions, of a process that dies."""
    if sys.platform == "win32":  # it keeps none by itself
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def _run() -> int:
    """The exit status of the command; a failure has been told."""
    try:
        _check_text(sys.argv[1:])
        status: int = pincite(standalone_mode=False) or 0
        sys.stdout.flush()
    except PinciteError as error:
        status = _fail(told(error), error.exit_status, error)
    except click.exceptions.Exit as end:
        status = end.exit_code
    except click.ClickException as error:
        _say_wrong_use(error)
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = _INTERRUPTED
    except BrokenPipeError:
        status = 1
    except Exception as error:  # noqa: BLE001  a traceback could show a question
        status = _fail(_unexpected(error), 1, error)
    return status


def _unexpected(error: Exception) -> str:
    """The sentence for what no part of Pincite raises on purpose."""
    if isinstance(error, OSError):
        what = f"the file {error.filename}" if error.filename else "the output"
        return f"{what} cannot be read or written ({error.strerror or type(error).__name__})."
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else ""
    return f"something that should not happen did ({type(error).__name__} at {where})."


def _check_text(arguments: list[str]) -> None:
    """Raise WrongUse for bytes that Python could not read as text and kept as surrogates."""
    if any("\ud800" <= character <= "\udfff" for word in arguments for character in word):
        raise WrongUse(
            "what was typed is not text in UTF-8; set the terminal to UTF-8, and rename a file "
            "whose name is not."
        )


def _fail(sentence: str, status: int, error: Exception) -> int:
    """Say what went wrong; the traceback comes before, where the person asks for it."""
    if shows_tracebacks():
        _tell(f"{_WARNING}\n{''.join(format_exception(error)).rstrip()}")
    _tell(f"pincite: {sentence}")
    return status


def _say_wrong_use(error: click.ClickException) -> None:
    """What click says of wrong use, which quotes what was typed."""
    said = io.StringIO()
    error.show(file=said)
    _tell(said.getvalue().rstrip())


def _tell(text: str) -> None:
    """Say what went wrong; where nobody takes it, the exit status still tells."""
    with contextlib.suppress(OSError):
        say(text, err=True)


class _WithOthers(click.Group):
    """Commands here, and those that have a module of their own."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), *_ELSEWHERE])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in _ELSEWHERE:
            return super().get_command(context, name)
        module, attribute = _ELSEWHERE[name]
        command: click.Command = getattr(import_module(module), attribute)
        return command


_ELSEWHERE = {
    "add": ("bot.cli.add", "add"),
    "ask": ("bot.cli.ask", "ask"),
    "list": ("bot.cli.reports", "list_reports"),
    "cite": ("bot.cli.cite", "cite"),
    "backup": ("bot.cli.doctor", "backup"),
    "doctor": ("bot.cli.doctor", "doctor"),
    "replay": ("bot.cli.log", "replay"),
    "bundle": ("bot.cli.bundle", "bundle"),
    "resolve": ("bot.cli.cite", "resolve"),
    "rebuild": ("bot.cli.reports", "rebuild"),
    "remove": ("bot.cli.reports", "remove"),
    "schedule": ("bot.cli.schedule", "schedule"),
    "show": ("bot.cli.reports", "show"),
    "status": ("bot.cli.reports", "status"),
    "calibrate": ("bot.cli.calibrate", "calibrate"),
    "eval": ("bot.cli.evaluation", "evaluate"),
    "telegram": ("bot.cli.telegram", "telegram"),
    "feedback": ("bot.cli.feedback", "feedback"),
    "verify": ("bot.cli.verify", "verify"),
}


@click.group(
    cls=_WithOthers,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
)
@click.version_option(package_name="pincite", prog_name="pincite")
@model_option
@reader_option
@library_option
def pincite() -> None:
    """Answers from reports: the passage that says it, and the pinpoint citation to it.

    \b
    Example:
      pincite ask "How many people fled to the South in 2021?"

    What goes wrong is said in one sentence. PINCITE_DEBUG=1 in the environment shows the
    traceback, too, which can show a question.
    """


@pincite.command()
def schema() -> None:
    """Print the JSON Schema of what `ask --json` prints.

    \b
    Example:
      pincite schema > answer.schema.json
    """
    from bot.rendering.objects import schema as text

    say(text().rstrip())


@pincite.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Example:
      pincite completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    say(found(pincite, {}, "pincite", "_PINCITE_COMPLETE").source())


@pincite.command()
@model_option
@reader_option
@library_option
@click.pass_context
def chat(context: click.Context) -> None:
    """Ask question after question.

    \b
    Example:
      pincite chat
    """
    from bot.chat.converse import converse

    converse(open_pincite(context))

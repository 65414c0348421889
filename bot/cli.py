"""The command `pincite`."""

import contextlib
import io
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from bot.cli_options import library_option, model_option, open_pincite
from bot.saying import say
from bot.streams import standard_streams
from corpus.errors import PinciteError, WrongUse
from corpus.scope import Scope

if TYPE_CHECKING:
    from bot.answer import Answer

# Exit status of `ask`: 0 answered, 3 not answered; wrong use 2 and fault 1 as for every command.
NOT_ANSWERED = 3
_INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command; every failure is one sentence on standard error and an exit status."""
    with standard_streams():
        sys.exit(_run())


def _run() -> int:
    """The exit status of the command; a failure has been told."""
    try:
        _check_text(sys.argv[1:])
        status: int = pincite(standalone_mode=False) or 0
        sys.stdout.flush()
    except PinciteError as error:
        status = _fail(str(error), error.exit_status)
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
        status = _fail(_unexpected(error), 1)
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


def _fail(sentence: str, status: int) -> int:
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
    "calibrate": ("bot.cli_calibrate", "calibrate"),
    "eval": ("bot.cli_evaluation", "evaluate"),
    "telegram": ("bot.cli_telegram", "telegram"),
    "feedback": ("bot.cli_feedback", "feedback"),
}


@click.group(
    cls=_WithOthers,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
)
@click.version_option(package_name="pincite", prog_name="pincite")
@model_option
@library_option
def pincite() -> None:
    """Answers from reports: the passage that says it, and the pinpoint citation to it.

    \b
    Example:
      pincite ask "How many people fled to the South in 2021?"
    """


@pincite.command()
@click.argument("question")
@click.option("-k", "k", default=3, show_default=True, metavar="N", help="How many passages.")
@click.option("--report", metavar="ID", help="Only this report.")
@click.option("--country", metavar="NAME", help="Only reports on this country.")
@click.option("--year", type=int, metavar="YEAR", help="Only what is about this year.")
@click.option("--section", metavar="TEXT", help="Only sections with this in their path.")
@click.option("--explain", is_flag=True, help="Also print why: words, ranks, scores, verdict.")
@click.option(
    "--no-thesaurus", "thesaurus", flag_value=False, default=True, help="Read terms as typed."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question, on one line.")
@model_option
@library_option
@click.pass_context
def ask(
    context: click.Context,
    /,
    question: str,
    k: int,
    *,
    explain: bool,
    thesaurus: bool,
    as_json: bool,
    **scope: Any,
) -> int:
    """Answer a question; `-` reads one question a line from standard input.

    Exit status: 0 answered (every one), 3 not answered, 2 wrong use, 1 fault.

    \b
    Examples:
      pincite ask "How many people fled to the South in 2021?"
      pincite ask --section health --json - < questions.txt
    """
    from bot.answering import check_number, checked

    check_number(k)
    if question != "-":
        checked(question)
    opened = open_pincite(context, thesaurus=thesaurus)
    statuses = [0]
    for asked in _lines() if question == "-" else [question]:
        try:
            answer = opened.ask(asked, k=k, scope=Scope(**scope))
        except PinciteError as error:
            if question != "-":
                raise
            say(f"pincite: {error}", err=True)
            statuses.append(error.exit_status)
            continue
        _print_answer(answer, explain=explain, as_json=as_json)
        statuses.append(0 if answer.verdict == "answered" else NOT_ANSWERED)
    wrong = [status for status in statuses if status not in (0, NOT_ANSWERED)]
    return wrong[0] if wrong else max(statuses)


@pincite.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", metavar="ID", help="The report's permanent name in the library.")
@click.option("--title", metavar="TEXT")
@click.option("--publisher", metavar="NAME")
@click.option("--country", metavar="NAME")
@click.option("--period", metavar="YEARS", help="What it covers, such as 2021 or 2021-07/2022-06.")
@click.option("--published", metavar="DATE", help="Year-month-day.")
@click.option("--accessed", metavar="DATE", help="When its source was read (default: today).")
@click.option("--url", metavar="ADDRESS")
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
    from bot.assemble import load
    from bot.render_library import added_line

    loaded = load(file, {key: value for key, value in given.items() if value is not None})
    opened = open_pincite(context)
    say(added_line(opened.add(loaded), opened.library.entries()))


@pincite.command("list")
@library_option
@click.pass_context
def list_reports(context: click.Context) -> None:
    """List the reports in the library.

    \b
    Example:
      pincite list
    """
    from bot.render_library import report_lines

    for entry in open_pincite(context).library.entries():
        say(report_lines(entry))


@pincite.command()
@click.argument("name", metavar="ID")
@library_option
@click.pass_context
def show(context: click.Context, name: str) -> None:
    """Show a report by its id, or a passage by its id: also one that was cited long ago.

    \b
    Example:
      pincite show amnesty-international-north-korea-2021-digest
    """
    from bot.render_library import passage_block, report_block

    library = open_pincite(context).library
    if any(entry.report.id == name for entry in library.entries()):
        say(report_block(library.entry(name), library.all_passages(name)))
    else:
        say(passage_block(library.resolve(name)))


@pincite.command()
@click.argument("name", metavar="ID")
@library_option
@click.pass_context
def remove(context: click.Context, name: str) -> None:
    """Remove a report and all its versions from the library.

    \b
    Example:
      pincite remove amnesty-international-north-korea-2021-digest
    """
    versions = open_pincite(context).library.remove(name)
    say(f"Removed {name} ({versions} version{'s' * (versions > 1)}).")


@pincite.command()
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


@pincite.command()
@library_option
@click.pass_context
def status(context: click.Context) -> int:
    """Say what the library holds, its model, its index, its sizes and whether it is sound.

    \b
    Example:
      pincite status
    """
    from bot.render_library import status_block

    text, sound = status_block(open_pincite(context).library)
    say(text)
    return 0 if sound else 1


@pincite.command()
def schema() -> None:
    """Print the JSON Schema of what `ask --json` prints.

    \b
    Example:
      pincite schema > answer.schema.json
    """
    from bot.render_json import schema as text

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
@library_option
@click.pass_context
def chat(context: click.Context) -> None:
    """Ask question after question.

    \b
    Example:
      pincite chat
    """
    from bot.chat import converse

    converse(open_pincite(context))


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.rstrip("\r\n")


def _print_answer(answer: "Answer", *, explain: bool, as_json: bool) -> None:
    """Print an answer; to explain is to print why, too."""
    if as_json:
        from bot.render_json import to_json

        say(to_json(answer, explain=explain))
    else:
        from bot.terminal import print_answer

        print_answer(answer)
        if explain:
            from bot.explaining import card

            say("\n".join([*card(answer), ""]))

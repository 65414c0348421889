"""The line that a person types: editing, history, completion. The only door to prompt_toolkit."""

import contextlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.application import Application, run_in_terminal
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import History
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.styles import Style

from bot.chat.commands import COMMANDS
from bot.rendering.printable import printable
from corpus.errors import LibraryFault
from corpus.private import narrow
from corpus.writing import append_line, write

# The values that can follow a command, each with what it is.
Values = Callable[[str], Sequence[tuple[str, str]]]
_STYLE = Style.from_dict(
    {
        "prompt": "ansicyan bold",
        "completion-menu": "noinherit",
        "completion-menu.completion": "noinherit",
        "completion-menu.completion.current": "noinherit reverse",
        "completion-menu.meta.completion": "noinherit ansibrightblack",
        "completion-menu.meta.completion.current": "noinherit reverse",
        "auto-suggestion": "ansibrightblack",
    }
)


class LineEditor:
    """Reads lines in a terminal, with a history that is in memory unless its file exists."""

    def __init__(self, history: Path, values: Values, when_ready: Callable[[], None]) -> None:
        """`when_ready` is called once, when the first prompt stands there."""
        self._path = history
        self._values = values
        self._when_ready = when_ready
        self._session = self._new_session()
        self._session.app.after_render += self._ready

    @property
    def keeps_history(self) -> bool:
        """Whether typed lines are kept on disk."""
        return self._path.exists()

    def read(self, prompt: str, begun: str = "") -> str:
        """A line, which begins as `begun`; raises EOFError and KeyboardInterrupt for the keys."""
        return self._session.prompt([("class:prompt", prompt)], default=begun)

    @property
    def cancelled(self) -> str:
        """What stood in the line that was cancelled last."""
        return self._session.default_buffer.text

    def keep_history(self) -> None:
        """Keep typed lines from now on, in a file that its owner alone can read."""
        try:
            self._path.touch(mode=0o600)
            narrow(self._path)
        except OSError as error:
            raise LibraryFault(f"{self._path} cannot be written ({error.strerror}).") from None

    def drop_history(self) -> None:
        """Delete the file of typed lines, if there is one."""
        self._path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Forget typed lines, in memory and on disk; whether later ones are kept stays."""
        if self.keeps_history:
            write(self._path, "", private=True)
        self._session = self._new_session()

    def print_above(self, show: Callable[[], None]) -> None:
        """From another thread: call `show` above the line being typed, if one is."""
        app = self._session.app
        context, loop = app.context, app.loop
        if app.is_running and loop is not None and context is not None:
            loop.call_soon_threadsafe(lambda: context.copy().run(run_in_terminal, show))

    def _ready(self, app: Application[str]) -> None:
        app.after_render -= self._ready
        self._when_ready()

    def _new_session(self) -> PromptSession[str]:
        session: PromptSession[str] = PromptSession(
            history=_LineHistory(self._path),
            completer=_ChatCompleter(self._values),
            complete_while_typing=Condition(lambda: session.default_buffer.text.startswith("/")),
            auto_suggest=AutoSuggestFromHistory(),
            style=_STYLE,
            input_processors=[_Printable()],
        )
        return session


class _LineHistory(History):
    """Lines in memory; in a file, one JSON string a line, where that file exists."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def load_history_strings(self) -> Iterable[str]:
        """The lines on disk, the newest first."""
        if not self._path.exists():
            return []
        lines = (_typed(line) for line in reversed(self._path.read_bytes().split(b"\n")))
        return [line for line in lines if line is not None]

    def store_string(self, string: str) -> None:
        """Write a line where lines are kept."""
        if self._path.exists():
            with contextlib.suppress(OSError):  # the talk goes on, and this line is not kept
                line = json.dumps(string).encode("ascii")
                append_line(self._path, line, lambda last: _typed(last) is not None)


def _typed(line: bytes) -> str | None:
    """A line of the file, None for one that is cut off, as a power cut leaves the last one."""
    try:
        typed = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return typed if isinstance(typed, str) else None


class _Printable(Processor):
    """Shows what was typed, pasted or kept as printable text; the line itself stays."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The line as it is shown; each character keeps its place."""
        return Transformation(
            [(part[0], printable(part[1])) for part in transformation_input.fragments]
        )


class _ChatCompleter(Completer):
    """Completes commands, and what can follow them."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def get_completions(self, document: Document, _: CompleteEvent) -> Iterable[Completion]:
        """The completions of the text before the cursor."""
        text = document.text_before_cursor
        if not text.startswith("/"):
            return
        name, space, typed = text[1:].partition(" ")
        if not space:
            for command in COMMANDS:
                if command.name.startswith(name.lower()):
                    end = " " if command.argument else ""
                    yield Completion(
                        f"/{command.name}{end}",
                        start_position=-len(text),
                        display=f"/{command.name} {command.argument}".rstrip(),
                        display_meta=command.says,
                    )
            return
        for value, about in self._values(name.lower()):
            if typed.casefold() in value.casefold():
                yield Completion(
                    value,
                    start_position=-len(typed),
                    display=printable(value),
                    display_meta=printable(about),
                )

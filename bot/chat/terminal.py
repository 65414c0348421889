"""The chat in a terminal: the prompt is there at once, the model loads behind it."""

import base64
import contextlib
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillBusy
from typing import TYPE_CHECKING

from rich.console import Group

from bot.chat.line import LineEditor
from bot.chat.showing import Lines, examples_lines, first_screen, note, prompt_text
from bot.chat.talk import Effect, Result, Said, Talk
from bot.chat.turns import respond
from bot.rendering.answers import short_place
from bot.rendering.screen import console

if TYPE_CHECKING:
    from bot.assemble import Pincite

_HISTORY = "typed.jsonl"
# A wait that a person notices (Nielsen, Usability Engineering, 1993, section 5.5: 0.1 s feels
# immediate).
_NOTICED_S = 0.1
# OSC 52 of xterm's control sequences, which most terminals have taken over.
_TO_CLIPBOARD = "\x1b]52;c;{}\x07"
# Screen, what has scrolled out of it, cursor to the top.
_WIPE = "\x1b[2J\x1b[3J\x1b[H"
_HOW_TO_LEAVE = "Ctrl-D or /quit leaves."


def converse_in_terminal(pincite: "Pincite") -> None:
    """Chat until the person leaves; raises Fault where something is broken."""
    if pincite.library.model is None and pincite.active():
        pincite.retriever  # noqa: B018  the first time takes seconds, which the person is shown
    with ThreadPoolExecutor(1, "answers") as worker:
        _Chat(pincite, worker).run()


class _Chat:
    """One chat. Every reply is made in the worker's thread, so that Ctrl-C gives up waiting for
    it and leaves the talk as it was.
    """

    def __init__(self, pincite: "Pincite", worker: ThreadPoolExecutor) -> None:
        self._pincite = pincite
        self._worker = worker
        self._talk = Talk()
        history = pincite.library.folder / _HISTORY
        self._editor = LineEditor(history, self._values, self._begin_loading)
        self._begun = ""
        self._sections: list[tuple[str, str]] | None = None

    def run(self) -> None:
        """Show the first screen, then take lines."""
        known = self._pincite.known_examples()
        active, passages = self._pincite.active(), self._pincite.library.count()
        width, kept = console().width, self._editor.keeps_history
        _print(first_screen(active, passages, known or [], width, kept=kept))
        with contextlib.suppress(EOFError):
            while True:
                try:
                    if self._turn() is Effect.LEAVE:
                        break
                except KeyboardInterrupt:
                    _print(note("Cancelled.", console().width))

    def _turn(self) -> Effect:
        """Read a line and answer it; raises EOFError where the person leaves."""
        try:
            line = self._read()
        except KeyboardInterrupt:
            if not self._editor.cancelled.strip():
                _print(note(_HOW_TO_LEAVE, console().width))
            return Effect.NONE
        if not line.strip():
            return Effect.NONE
        width = console().width
        said, self._talk = self._await(
            self._worker.submit(respond, line.strip(), self._talk, self._pincite, width)
        )
        self._show(said, width)
        return said.effect

    def _read(self) -> str:
        begun, self._begun = self._begun, ""
        scope = str(self._talk.conversation.scope)
        return self._editor.read(prompt_text(scope, console().width), begun)

    def _await(self, answering: "Future[Result]") -> Result:
        try:
            return answering.result(_NOTICED_S)
        except StillBusy:
            with console().status("Looking …"):
                return answering.result()
        finally:
            answering.cancel()

    def _show(self, said: Said, width: int) -> None:
        match said.effect:
            case Effect.FORGET:
                self._editor.forget()
                _write(_WIPE)
            case Effect.KEEP_HISTORY:
                self._editor.keep_history()
            case Effect.DROP_HISTORY:
                self._editor.drop_history()
        lines = list(said.lines)
        if said.copied:
            _write(_TO_CLIPBOARD.format(base64.b64encode(said.copied.encode()).decode()))
            lines += note("Copied to the clipboard, if your terminal lets programs do so.", width)
        _print(lines)
        self._begun = said.next_line

    def _begin_loading(self) -> None:
        """Load what the first question needs, after the prompt so as not to hold it up."""
        known = self._pincite.known_examples()
        self._worker.submit(lambda: self._pincite.retriever)
        if known is None:
            finding = self._worker.submit(self._pincite.examples)
            finding.add_done_callback(self._show_examples)

    def _show_examples(self, found: "Future[list[str]]") -> None:
        if found.exception() is None and not self._talk.turns:
            lines = examples_lines(found.result(), console().width)
            self._editor.print_above(lambda: _print(lines))

    def _values(self, command: str) -> Sequence[tuple[str, str]]:
        """What can follow a command, each with what it is."""
        active = self._pincite.active()
        match command:
            case "report":
                values = [(report.id, report.title) for report in active]
            case "country":
                values = [(name, "") for name in sorted({r.country for r in active if r.country})]
            case "year":
                periods = [report.period.years for report in active if report.period]
                values = [(str(year), "") for year in sorted({y for ys in periods for y in ys})]
            case "section":
                values = self._section_titles()
            case "open" | "cite":
                shown = self._talk.conversation.passages
                values = [(str(rank), short_place(p)) for rank, p in enumerate(shown, 1)]
            case "history":
                values = [("on", "keep typed questions"), ("off", "delete them")]
            case _:
                values = []
        return values

    def _section_titles(self) -> list[tuple[str, str]]:
        if self._sections is None:
            titles_of = {report.id: report.title for report in self._pincite.active()}
            titles = {
                section[-1]: titles_of[report]
                for report, section in self._pincite.library.sections()
                if section
            }
            self._sections = list(titles.items())
        return self._sections


def _print(lines: Lines) -> None:
    output = console()
    output.print(Group(*lines))
    output.print()


def _write(sequence: str) -> None:
    output = console().file
    output.write(sequence)
    output.flush()

"""Progress on standard error: a bar or a spinner in a terminal, nothing in a pipe.

Nothing either for what goes on behind a prompt, in another thread than the main one.
"""

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def display(title: str, steps: int | None) -> Iterator[Callable[[int], None]]:
    """Show that something takes time; yields what is called with how many more steps are done."""
    behind = threading.current_thread() is not threading.main_thread()
    if behind or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    from bot.rendering.printable import printable
    from bot.rendering.screen import console

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.0f}/s" if task.speed else "")

    columns = [SpinnerColumn(), TextColumn("{task.description}", markup=False)]
    if steps is not None:
        columns += [BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn()]
    with Progress(*columns, console=console(err=True), transient=True) as progress:
        task = progress.add_task(printable(title), total=steps)
        begun = False

        def advance(done: int) -> None:
            # What was done before the start says nothing of the speed.
            nonlocal begun
            if begun:
                progress.advance(task, done)
            else:
                progress.reset(task, completed=done)
                begun = True

        yield advance

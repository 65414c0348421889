"""One encoder for many askers: questions that wait together are encoded together."""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from queue import Empty, Queue

from embeddings.encoders.encoder import Encoded, Encoder, Progress
from embeddings.vectors import Vectors

# Askers beyond these wait until one of them has been taken: what waits takes no more memory.
MOST_WAITING = 64


class SharedEncoder:
    """An encoder that many threads call at once, each with a question.

    As many runs go on as there are cores; whoever begins one takes along all that wait by then.
    """

    def __init__(self, encoder: Encoder, runs: int = os.cpu_count() or 1) -> None:
        self.identity = encoder.identity
        self._encoder = encoder
        self._waiting: Queue[tuple[Sequence[str], Future[list[Encoded]]]] = Queue(MOST_WAITING)
        self._running = threading.Semaphore(runs)

    @property
    def background(self) -> Vectors:
        """As that of the encoder itself."""
        return self._encoder.background

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> list[Encoded]:
        """Each text encoded, in order; see Encoder. What shows progress is a run of its own."""
        if progress is not None:
            return self._encoder.encode(texts, progress)
        future: Future[list[Encoded]] = Future()
        self._waiting.put((texts, future))
        with self._running:
            if taken := self._taken():
                self._run(taken)
        return future.result()

    def _taken(self) -> list[tuple[Sequence[str], Future[list[Encoded]]]]:
        taken = []
        try:
            while True:
                taken.append(self._waiting.get_nowait())
        except Empty:
            return taken

    def _run(self, taken: list[tuple[Sequence[str], Future[list[Encoded]]]]) -> None:
        try:
            encoded = self._encoder.encode([text for texts, _ in taken for text in texts])
        except BaseException as error:
            for _, future in taken:
                future.set_exception(error)
            raise
        place = 0
        for texts, future in taken:
            future.set_result(encoded[place : place + len(texts)])
            place += len(texts)

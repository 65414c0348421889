"""The only place that picks concrete parts and puts them together."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bot.models import open_encoder, open_reader
from bot.settings import Settings
from corpus.errors import LibraryFault, NotInLibrary
from corpus.passage import Passage
from corpus.remedy import Remedy
from corpus.scope import EVERYTHING, Scope, Shelved
from corpus.shipping import ship
from corpus.storage.library import FILE_NAME, OLDER_COPIES, Library
from corpus.trust import distrusted
from embeddings.encoders.default_model import (
    DEFAULT_MODEL,
)

if TYPE_CHECKING:
    from bot.answering.answer import Answer, Coverage
    from bot.verifying.verifying import Verifier
    from corpus.intake import Loaded
    from corpus.report import Report
    from embeddings.adding import Added, Adding, Display
    from embeddings.encoders.encoder import Encoder
    from embeddings.hit import Hit
    from embeddings.judging.reader_files import Weights
    from embeddings.judging.verdict import Model, Unfitted
    from embeddings.local.index import Condition
    from embeddings.local.index_files import SearchIndex
    from embeddings.retriever import Retriever


def open_library(folder: Path) -> Library:
    """A library, with the digests that ship with Pincite unless the person removed them.

    That needs no model: what is not encoded is by the first search. Raises LibraryFault.
    """
    library = Library(folder)
    try:
        ship(library)
    except BaseException:
        library.close()
        raise
    return library


def index_condition(library: Library) -> "Condition | None":
    """How the search index on disk is; None where nothing was searched yet."""
    if library.model is None:
        return None
    from embeddings.local.index import condition

    return condition(library, library.model)


def remove_report(library: Library, report_id: str) -> int:
    """Take a report out of a library and of what is derived from it; returns its versions.

    Raises NotInLibrary, and LibraryFault where its words stay in a file.
    """
    from bot.examples import forget_examples
    from embeddings.local.derived import discard

    versions = library.remove(report_id)
    try:
        discard(library.folder)
        forget_examples(library)
        for copy in library.folder.glob(OLDER_COPIES):
            copy.unlink()
    except OSError as error:
        raise LibraryFault(
            f"{report_id} is removed, but its words stay in {error.filename} "
            f"({error.strerror}); delete that and its like: what is missing is made anew."
        ) from None
    if not library.wipe_log():
        raise LibraryFault(
            f"{report_id} is removed, but another process that reads the library keeps its words "
            f"in the log beside {library.path}; they go when it ends."
        )
    return versions


@contextlib.contextmanager
def open_verifier(library: Library, display: "Display") -> "Iterator[Verifier]":
    """What holds quotations against a library; loads no model. Raises LibraryFault."""
    from bot.verifying.cited import Shelf
    from bot.verifying.verifying import Verifier
    from corpus.storage.versions import Versions
    from embeddings.local.quotations import QuotationSearch

    versions = Versions(library.path)
    try:
        with display("Reading the library", None):
            search = QuotationSearch(library.folder, versions)
        yield Verifier(search, Shelf(versions.reports()))
    finally:
        versions.close()


# What a search takes beside the model.
_SEARCHING = ("embeddings.adding", "embeddings.local.engine", "embeddings.retriever")


# How many reports and sections a person reads through who asks what there is.
_NAMED, _TOPICS = 3, 12


class Pincite:
    """A library with everything that answers from it, each part loaded when first needed."""

    def __init__(
        self,
        settings: Settings,
        display: "Display",
        *,
        thesaurus: bool = True,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Open the library, with the shipped digests in it unless the person removed them.

        `tell` is called with a sentence that the person should know once. Raises LibraryFault, and
        ModelFault where there was no library: without a model that answers none is begun.
        """
        self._tell = tell
        self._thesaurus = thesaurus
        self._settings = settings
        self._display = display
        self._encoder: Encoder | None = None
        self._adding: Adding | None = None
        self._retriever: Retriever | None = None
        self._older_told: int | None = None
        self._examples: tuple[str, list[str]] | None = None
        self._near_examples: tuple[str, dict[str, bool]] = ("", {})
        self._coverage: tuple[int, Coverage] | None = None
        if not (settings.library / FILE_NAME).exists():
            self.encoder  # noqa: B018  the one that answers
        self.library = open_library(settings.library)
        for path in (self.library.folder, self.library.path):
            if why := distrusted(path):
                tell(f"What answers may be changed by others: {why}.")

    @property
    def encoder(self) -> "Encoder":
        """The model, loaded when first needed; raises ModelFault."""
        if self._encoder is None:
            from embeddings.encoders.shared_encoder import SharedEncoder

            if self._settings.model != DEFAULT_MODEL:
                from embeddings.encoders.torch_encoder import check_installed

                check_installed(self._settings.model)
                self._tell(
                    f"The model {self._settings.model} runs in sentence-transformers, which takes "
                    "some seconds to start and more memory than the model that comes with Pincite."
                )
            self._encoder = SharedEncoder(open_encoder(self._settings, self._display))
        return self._encoder

    def ask(
        self,
        question: str,
        *,
        k: int,
        scope: Scope = EVERYTHING,
        asked: str | None = None,
        carried: tuple[str, ...] = (),
        topic: str | None = None,
    ) -> "Answer":
        """The answer to a question; see bot.answering.answering.answer for the rest.

        What it shows was held against what is stored; raises LibraryFault where it is damaged.
        """
        from bot.answering.answering import answer

        found = answer(
            question,
            self.retriever,
            self.coverage(),
            k=k,
            scope=scope,
            model=self.verdict_model,
            asked=asked,
            carried=carried,
            topic=topic,
            section=self._section,
        )
        for hit in found.hits:
            self.library.prove(hit.passage)
        return found

    def _section(self, passage: Passage) -> str:
        """The text of the section that a passage stands in; its own where the report is gone."""
        try:
            within = self.library.all_passages(passage.report.id)
        except NotInLibrary:
            return passage.text
        return "\n".join(one.text for one in within if one.section == passage.section)

    @property
    def verdict_file(self) -> Path:
        """Where a verdict that is fitted to this library lies."""
        return self.library.folder / "verdict.json"

    @property
    def verdict_model(self) -> "Model | Unfitted":
        """The verdict that is fitted to this library and what searches it, else one that ships.

        Read anew each time: who fits a verdict need not start again what answers. Raises
        LibraryFault.
        """
        from embeddings.judging.verdict import fitted_to, model_from_json, shipped_models

        models = [*shipped_models()]
        try:
            models.insert(0, model_from_json(self.verdict_file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            pass
        except (OSError, KeyError, TypeError, ValueError):
            raise LibraryFault(
                f"{self.verdict_file} is not a verdict that Pincite fitted", Remedy.FIT_VERDICT
            ) from None
        return fitted_to(self.library.model or self.encoder.identity, self.reader_identity, models)

    @property
    def reader_identity(self) -> str | None:
        """The identity of the reader, None where the person wants none; raises ModelFault."""
        weights = self._reader_weights
        return weights.identity if weights else None

    @property
    def _reader_weights(self) -> "Weights | None":
        """Those of the reader, None where the person wants none; raises ModelFault."""
        from embeddings.judging.reader_files import shipped_weights

        return shipped_weights() if self._settings.reads else None

    def report_passages(self, report_id: str) -> list[Passage]:
        """The passages of a report in order; raises NotInLibrary."""
        return self.library.all_passages(report_id)

    def standing(self, hits: "Sequence[Hit]") -> "list[Hit]":
        """Those of the hits that answers may still come from, as their passages stand now.

        What was removed, or is not in the report's newest version, or steps aside, is left out.
        """
        active = {report.id for report in self.active()}
        found = []
        for hit in hits:
            with contextlib.suppress(NotInLibrary):
                resolved = self.library.resolve(hit.passage.id)
                if not resolved.superseded and resolved.passage.report.id in active:
                    found.append(replace(hit, passage=resolved.passage))
        return found

    def coverage(self) -> "Coverage":
        """What the reports that answers come from cover."""
        from bot.answering.answering import coverage

        generation = self.library.generation
        if self._coverage is None or self._coverage[0] != generation:
            self._coverage = generation, coverage(self.active(), self.library.press_years())
        return self._coverage[1]

    def reports(self) -> "list[Report]":
        """The first of the reports that answers come from."""
        return [self.library.entry(shelved.id).report for shelved in self.active()[:_NAMED]]

    def topics(self) -> list[str]:
        """The outermost sections that the first reports have, each once."""
        ids = {shelved.id for shelved in self.active()[:_NAMED]}
        found = (path[0] for report, path in self.library.sections() if path and report in ids)
        return list(islice(dict.fromkeys(found), _TOPICS))

    def known_examples(self) -> list[str] | None:
        """The same as examples, None where they are not known without asking."""
        return self._known_examples()[1]

    def examples(self) -> list[str]:
        """Three questions that the library answers, found once for a library as it stands."""
        now, found = self._known_examples()
        if found is None:
            from bot.examples import answered_examples, write_examples

            sections = (section for _, section in self.library.sections())
            found = answered_examples(sections, partial(self.ask, k=1))
            write_examples(self.library, now, found)
        self._examples = now, found
        return found

    def examples_near(self, answer: "Answer") -> list[str]:
        """Questions that the library answers, those near to one that it does not answer first.

        Each is asked once for the library as it stands.
        """
        from bot.examples import near_examples

        now, examples = self._known_examples()[0], self.examples()
        if self._near_examples[0] != now:
            self._near_examples = now, {}
        near = near_examples(answer, partial(self.ask, k=1), self._near_examples[1])
        return [
            example for example in dict.fromkeys((*near, *examples)) if example != answer.question
        ]

    def offered(self) -> list[str]:
        """Every question that may have been offered as an example."""
        from bot.examples import question_about

        headings = (section[-1] for _, section in self.library.sections() if section)
        return [*self.examples(), *map(question_about, headings)]

    def _known_examples(self) -> tuple[str, list[str] | None]:
        """The state of what answers, and the examples that are known for it."""
        from bot.examples import read_examples, state

        now = state(self.library, self.verdict_model)
        if self._examples is not None and self._examples[0] == now:
            return self._examples
        return now, read_examples(self.library, now)

    @property
    def retriever(self) -> "Retriever":
        """The search of this library; raises ModelFault, LibraryFault, NotInLibrary, Stopped."""
        if self._retriever is None:
            with ThreadPoolExecutor(2) as beside:
                # The models are loaded by code that does not hold up imports.
                importing = beside.submit(lambda: [import_module(name) for name in _SEARCHING])
                weights = self._reader_weights
                reader = beside.submit(open_reader, weights) if weights else None
                encoder = self.encoder
                importing.result()
            from embeddings.local.engine import LocalEngines
            from embeddings.retriever import Retriever

            self._retriever = Retriever(
                LocalEngines(self.library, encoder.identity, self._open_index),
                encoder,
                reader=reader.result() if reader else None,
                thesaurus=self._thesaurus,
            )
        return self._retriever

    def _open_index(self) -> "SearchIndex":
        """The index of the library as it stands; where there is no room for it, the older one."""
        from embeddings.local.index import older_index

        try:
            return self.adding.open_index()
        except LibraryFault as error:
            older = older_index(self.library, self.encoder.identity)
            if error.remedy is not Remedy.MAKE_ROOM or older is None:
                raise
            if self._older_told != self.library.generation:
                self._older_told = self.library.generation
                self._tell(f"What was added last is not searched: {error}")
            return older

    @property
    def adding(self) -> "Adding":
        """The way of reports into this library."""
        if self._adding is None:
            from embeddings.adding import Adding

            self._adding = Adding(self.library, lambda: self.encoder, self._display)
        return self._adding

    def active(self) -> Sequence[Shelved]:
        """The reports that answers come from."""
        return self.library.active()

    def add(self, loaded: "Loaded") -> "Added":
        """Add a report; raises BadMetadata, ModelFault, LibraryFault, Stopped."""
        return self.adding.add(loaded)

    def rebuild(self) -> int:
        """Encode every report with the settings' model, build the index; returns texts encoded."""
        return self.adding.rebuild()

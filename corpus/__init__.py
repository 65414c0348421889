"""What the reports say: reports, passages, citations, and the library that holds them."""

from corpus.public_names import from_modules

TYPE_CHECKING = False  # true to type checkers; typing would take longer than all else here

if TYPE_CHECKING:
    from corpus.citing.citations import cite
    from corpus.cutting import cut
    from corpus.errors import (
        BadMetadata,
        BadQuestion,
        BadQuestionSet,
        BadRun,
        Fault,
        LibraryFault,
        ModelFault,
        NotInLibrary,
        PinciteError,
        Stopped,
        UnreadableReport,
        WrongUse,
    )
    from corpus.intake import Loaded, load
    from corpus.passage import Passage, PressItem, Span
    from corpus.quoted import Quoted
    from corpus.report import Kind, Period, Report
    from corpus.scope import EVERYTHING, Scope, Shelved
    from corpus.storage.entries import Entry, Outcome, Resolved
    from corpus.storage.library import Library

__all__ = [
    "EVERYTHING",
    "BadMetadata",
    "BadQuestion",
    "BadQuestionSet",
    "BadRun",
    "Entry",
    "Fault",
    "Kind",
    "Library",
    "LibraryFault",
    "Loaded",
    "ModelFault",
    "NotInLibrary",
    "Outcome",
    "Passage",
    "Period",
    "PinciteError",
    "PressItem",
    "Quoted",
    "Report",
    "Resolved",
    "Scope",
    "Shelved",
    "Span",
    "Stopped",
    "UnreadableReport",
    "WrongUse",
    "cite",
    "cut",
    "load",
]

if not TYPE_CHECKING:
    __getattr__ = from_modules(
        __name__,
        {
            "cite": "corpus.citing.citations",
            "cut": "corpus.cutting",
            "BadMetadata": "corpus.errors",
            "BadQuestion": "corpus.errors",
            "BadQuestionSet": "corpus.errors",
            "BadRun": "corpus.errors",
            "Fault": "corpus.errors",
            "LibraryFault": "corpus.errors",
            "ModelFault": "corpus.errors",
            "NotInLibrary": "corpus.errors",
            "PinciteError": "corpus.errors",
            "Stopped": "corpus.errors",
            "UnreadableReport": "corpus.errors",
            "WrongUse": "corpus.errors",
            "Loaded": "corpus.intake",
            "load": "corpus.intake",
            "Passage": "corpus.passage",
            "PressItem": "corpus.passage",
            "Span": "corpus.passage",
            "Quoted": "corpus.quoted",
            "Kind": "corpus.report",
            "Period": "corpus.report",
            "Report": "corpus.report",
            "EVERYTHING": "corpus.scope",
            "Scope": "corpus.scope",
            "Shelved": "corpus.scope",
            "Entry": "corpus.storage.entries",
            "Library": "corpus.storage.library",
            "Outcome": "corpus.storage.entries",
            "Resolved": "corpus.storage.entries",
        },
    )

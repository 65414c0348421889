"""What can go wrong, as one tree.

    PinciteError
    ├── WrongUse              the person gave something that cannot be used        exit status 2
    │   ├── UnreadableReport  a file that cannot become a report
    │   ├── BadMetadata       a date, period, kind or name that means nothing
    │   ├── BadQuestion       a question that is empty or too long
    │   ├── NotInLibrary      an id, or a filter, that nothing in the library has
    │   ├── BadQuestionSet    a question set, or gold, that cannot be measured with
    │   ├── BadRun            a saved evaluation that cannot be compared with
    │   └── BadToken          a Telegram token that is missing, malformed or rejected
    ├── Fault                 something here is broken                             exit status 1
    │   ├── LibraryFault      the library cannot be read or written
    │   │   ├── NotEncoded    passages of it have no encoding yet
    │   │   └── DamagedVectors  an index of it has vectors that are not as written
    │   ├── InstallationFault a package that a light installation leaves out
    │   ├── ModelFault        the model is missing, altered, or not the library's
    │   │   └── UnusableGraph its prepared form is missing, damaged or for another runtime
    │   └── LostTelegram      Telegram cannot be reached, or refused the bot
    └── Stopped               the person stopped what goes on from there           exit status 130

Every message is one sentence that names the thing, says what was expected and what to do. Where
what to do is done otherwise in each front end, by an option, a command or not at all, the error
carries it as a `Remedy`, and the front end says it in its own words.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.remedy import Remedy


class PinciteError(Exception):
    """The root: whatever Pincite raises on purpose, with the exit status a command ends in.

    `wrong` says what is wrong; where there is no `remedy`, it is a whole sentence that says what
    to do, too. `about` are the values that the words of the remedy may name.
    """

    exit_status = 1

    def __init__(self, wrong: str, remedy: "Remedy | None" = None, **about: object) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.remedy = remedy
        self.about = about

    def sentence(self, words: "Mapping[Remedy, str]") -> str:
        """What is wrong and what to do, in a front end's words for remedies, else in ours."""
        if self.remedy is None:
            return self.wrong
        mend = words.get(self.remedy, self.remedy.value)
        return f"{self.wrong}; {mend.format_map(self.about)}."

    def __str__(self) -> str:
        """The sentence in words that fit any front end."""
        return self.sentence({})


class WrongUse(PinciteError):
    """The person gave something that cannot be used."""

    exit_status = 2


class UnreadableReport(WrongUse):
    """A file that cannot become a report."""


class BadMetadata(WrongUse):
    """A date, period, kind or name that means nothing."""


class BadQuestion(WrongUse):
    """A question that is empty or too long."""


class NotInLibrary(WrongUse):
    """An id, or a filter, that nothing in the library has."""


class BadQuestionSet(WrongUse):
    """A question set, or its gold, that cannot be measured with."""


class BadRun(WrongUse):
    """A saved evaluation that cannot be compared with."""


class BadToken(WrongUse):
    """A Telegram token that is missing, malformed or rejected."""


class Fault(PinciteError):
    """Something here is broken."""


class LibraryFault(Fault):
    """The library cannot be read or written."""


class NotEncoded(LibraryFault):
    """Passages of the library have no encoding yet."""


class DamagedVectors(LibraryFault):
    """Vectors of a search index are not what was written."""


class InstallationFault(Fault):
    """A package is asked for that a light installation leaves out."""


class ModelFault(Fault):
    """The model is missing, altered, or not the one that the library was encoded with."""


class UnusableGraph(ModelFault):
    """The prepared form of a model is missing, damaged, or not for this ONNX Runtime."""


class LostTelegram(Fault):
    """Telegram cannot be reached, or refused the bot while it ran."""


class Stopped(PinciteError):
    """The person stopped what goes on from there when it is begun again."""

    exit_status = 130  # what shells give a command that an interrupt ended

"""Tells people: the command line, the local chat, and everything between a question and a reply."""

from corpus.public_names import from_modules

TYPE_CHECKING = False  # true to type checkers; typing would take longer than all else here

if TYPE_CHECKING:
    from bot.answering.answer import Answer, Coverage, NotCovered
    from bot.assemble import Pincite
    from bot.models import open_encoder
    from bot.settings import Settings

__all__ = ["Answer", "Coverage", "NotCovered", "Pincite", "Settings", "open_encoder"]

if not TYPE_CHECKING:
    __getattr__ = from_modules(
        __name__,
        {
            "Answer": "bot.answering.answer",
            "Coverage": "bot.answering.answer",
            "NotCovered": "bot.answering.answer",
            "Pincite": "bot.assemble",
            "open_encoder": "bot.models",
            "Settings": "bot.settings",
        },
    )

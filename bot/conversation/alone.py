"""A line that no talk surrounds, as `pincite ask` takes it: the answers to its questions."""

from collections.abc import Iterator

from bot.answering.answer import Answer
from bot.conversation.moves import EMPTY, Ask, interpret, within
from bot.conversation.reply import Paging, Source, answered
from bot.conversation.several import Several
from corpus.scope import Scope


def answers(several: Several, source: Source, *, k: int, scope: Scope) -> Iterator[Answer]:
    """The answers to the questions of a line, each as a chat would answer it after those before.

    What a chat would not search, as a greeting, is searched as it is typed. Raises what
    `Source.ask` raises.
    """
    conversation, paging = within(EMPTY, scope), Paging(shown=k, ranked=k)
    for question in several.asked:
        move = interpret(question, conversation)
        if not isinstance(move, Ask):
            move = Ask(searched=question, carried=(), scope=scope)
        answer, conversation = answered(question, move, conversation, source, paging)
        yield answer

"""Inline mode: cited passages to send into any chat."""

import asyncio
import contextlib
from collections import OrderedDict

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.error import TelegramError

from bot.telegram.asking import LONGEST_QUESTION
from bot.telegram.commands import FROM_INLINE
from bot.telegram.desk import Desk
from bot.telegram.incoming import InlineAsked
from bot.telegram.messages.catalogue import LANGUAGES, catalogue, language_for
from bot.telegram.messages.rendering import quotation, short_citation
from bot.telegram.messages.styled import Draft, clipped, joined, plain
from corpus.citing.citations import pinpoint
from corpus.errors import BadQuestion, NotInLibrary
from embeddings.hit import Hit

FROM_LETTERS = 3
MOST_RESULTS = 10
# Telegram answers the same query by itself for so long; a library seldom changes faster.
_CACHED_S = 300
# A person types several letters a second: only a query that rests is searched.
_REST_S = 0.15
_MOST_TYPING = 1_000
_SHORT = 120


class Inline:
    """Answers inline queries; of a person who types on, only the last."""

    def __init__(self) -> None:
        self._typing: OrderedDict[int, str] = OrderedDict()

    async def answer(self, desk: Desk, asked: InlineAsked) -> None:
        """Answer a query with at most ten passages, each with its citation."""
        query = " ".join(asked.query.query.split())
        self._typing[asked.person] = asked.query.id
        self._typing.move_to_end(asked.person)
        while len(self._typing) > _MOST_TYPING:
            self._typing.popitem(last=False)
        await asyncio.sleep(_REST_S)
        if self._typing.get(asked.person) != asked.query.id:
            return
        self._typing.pop(asked.person, None)
        hits: tuple[Hit, ...] = ()
        if sum(map(str.isalnum, query)) >= FROM_LETTERS and len(query) <= LONGEST_QUESTION:
            with contextlib.suppress(BadQuestion, NotInLibrary):
                hits = (await desk.engine.ask(query, k=MOST_RESULTS)).hits
        hint = catalogue(language_for(asked.language))("inline_hint")
        button = None if hits else InlineQueryResultsButton(hint, start_parameter=FROM_INLINE)
        desk.counts.count("inline")
        with contextlib.suppress(TelegramError):
            await asked.query.answer(
                [result for hit in hits if (result := _result(hit)) is not None],
                cache_time=_CACHED_S,
                # The hint is in the person's language.
                is_personal=not hits,
                button=button,
            )


def _result(hit: Hit) -> InlineQueryResultArticle | None:
    """A passage to be sent; None for one that no single message holds."""
    passage = hit.passage
    # What is kept for everybody, and read by others than the one who sends it.
    say = catalogue(LANGUAGES[0])
    body = joined([quotation(hit.quoted, say), plain(short_citation(passage))], "\n")
    if not Draft(body=body).fits:
        return None
    answering = " ".join(hit.quoted.quotation.split())
    return InlineQueryResultArticle(
        passage.id,
        plain(pinpoint(passage)).text,
        InputTextMessageContent(
            body.text,
            entities=body.entities(),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        description=plain(clipped(answering, _SHORT)).text,
    )

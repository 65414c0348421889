"""What a person says of an answer in the chat: kept with their consent."""

from dataclasses import replace

from bot.chat.commands import Call
from bot.chat.talk import NOTHING_YET, Result, Shelf, Talk, noted, shown_passage
from corpus.errors import WrongUse
from embeddings.judging.verdict import Verdict

_CONSENT = (
    "Keep the question, the passage’s id and your judgement in {folder}? They stay on this "
    "computer and can become a test of the answers. Yes or no; it holds until you leave."
)
_YES, _NO = frozenset({"y", "yes"}), frozenset({"n", "no"})
YES_OR_NO = _YES | _NO


def judge(call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    """Keep what the person says of the answer; asks before the first time."""
    if talk.answer is None:
        raise WrongUse(NOTHING_YET)
    refused = talk.answer.verdict is Verdict.OUTSIDE
    passage_id = "" if refused else shown_passage(call.argument or "1", talk).id
    if not talk.may_keep:
        question = _CONSENT.format(folder=shelf.library.folder)
        return noted(question, width), replace(talk, asked_to_keep=call)
    from bot.measuring.feedback import FeedbackStore
    from bot.measuring.feedback import Said as Judged

    said = {
        "right": Judged.SHOULD_HAVE_SAID_NO if refused else Judged.RIGHT,
        "wrong": Judged.WRONG_PASSAGE,
        "none": Judged.SHOULD_HAVE_SAID_NO,
    }[call.name]
    store = FeedbackStore(shelf.library.folder)
    store.record(talk.answer.searched, passage_id, said, consented=True)
    return noted("Kept, thank you. `pincite feedback list` shows what is kept.", width), talk


def consented(word: str, call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    """Keep the judgement that waited, or keep nothing: what the person said decides."""
    talk = replace(talk, asked_to_keep=None, may_keep=word in _YES)
    if talk.may_keep:
        return judge(call, talk, shelf, width)
    return noted("Nothing was kept.", width), talk

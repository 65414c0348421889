import json
import stat

import pytest

from bot.measuring.feedback import FeedbackStore, Said, State, check_evidence, quotation
from corpus.errors import NotInLibrary, WrongUse

PASSAGE = "Wells in the Tarn valley ran dry in May, and 4,200 households had no water."


def test_without_consent_nothing_is_written(tmp_path):
    store = FeedbackStore(tmp_path / "library")
    assert store.record("Why?", "p1", Said.RIGHT, consented=False) is None
    assert not (tmp_path / "library").exists()
    assert store.list() == []


def test_a_judgement_holds_nothing_of_the_person_and_only_the_owner_can_read_it(tmp_path):
    store = FeedbackStore(tmp_path)
    kept = store.record("Why?", "p1", Said.WRONG_PASSAGE, consented=True)
    (file,) = (tmp_path / "feedback").iterdir()
    assert set(json.loads(file.read_text())) == {
        "id",
        "question",
        "passage_id",
        "said",
        "state",
        "evidence",
    }
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert store.list() == [kept]
    assert kept.state is State.PENDING


def test_accepting_keeps_the_evidence_and_removing_deletes_the_question(tmp_path):
    store = FeedbackStore(tmp_path)
    kept = store.record("Why?", "p1", Said.RIGHT, consented=True)
    assert store.accept(kept.id, ["ran dry"]).evidence == ("ran dry",)
    assert store.get(kept.id).state is State.ACCEPTED
    store.remove(kept.id)
    assert list((tmp_path / "feedback").iterdir()) == []
    with pytest.raises(NotInLibrary, match=kept.id):
        store.get(kept.id)


def test_a_quotation_is_six_words_like_the_question_that_stand_nowhere_else():
    found = quotation("How many households had no water?", PASSAGE, ["Wells ran dry."])
    assert found == "4,200 households had no water."[: len(found)] or "households had no" in found
    assert found in PASSAGE
    assert len(found.split()) == 6
    assert quotation("Why?", "Wells ran dry.", ["The wells ran dry. Again."]) is None


@pytest.mark.parametrize(
    ("said", "evidence", "says"),
    [
        (Said.SHOULD_HAVE_SAID_NO, ["ran dry"], "takes no quotation"),
        (Said.WRONG_PASSAGE, [], "needs to be told"),
        (Said.RIGHT, ["ran wet"], "stands in no passage"),
    ],
)
def test_evidence_fits_the_judgement(tmp_path, said, evidence, says):
    kept = FeedbackStore(tmp_path).record("Why?", "p1", said, consented=True)
    with pytest.raises(WrongUse, match=says):
        check_evidence(kept, evidence, [PASSAGE])

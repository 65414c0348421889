"""Reports built to be hard are quoted and cited right; `tests/bench/hard_reports.py` asks more."""

from tests.bench.hard_reports import faults


def test_every_quotation_is_a_slice_and_every_place_right_in_every_medium(tmp_path):
    assert faults(questions=200, seed=1, folder=tmp_path) == []

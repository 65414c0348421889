"""What the bot tells of itself: sums that point at nobody, logs without words, and its token."""

import asyncio
import gc
import io
import logging
import re
import socket
import sys
import threading
import urllib.error
import urllib.request

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.wire import logs
from bot.telegram.wire.counts import BUCKETS_S, LEAST_TOLD, Counts
from bot.telegram.wire.metrics import serve
from bot.telegram.wire.token import Token, find
from corpus.errors import BadToken, WrongUse

TOKEN = "7012345678:AAFq3uZkT0y1mW8cXh5bR2nV9dLsPjE6gKo"
SECONDS = st.lists(st.floats(0, 100), max_size=40)


def told(text):
    """The samples of Prometheus's text, by name and label."""
    rows = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in rows}


@given(st.dictionaries(st.sampled_from(["answered", "closest", "inline"]), st.integers(0, 12)))
def test_only_what_five_people_could_have_done_is_told(times):
    counts = Counts()
    for what, count in times.items():
        for _ in range(count):
            counts.count(what)
    told_of = {what: count for what, count in sorted(times.items()) if count >= LEAST_TOLD}
    assert counts.hour() == " ".join(f"{what}={n}" for what, n in told_of.items()) or "quiet"
    samples = told(counts.prometheus())
    assert list(samples.values()) == list(told_of.values())


def test_an_hour_begins_at_nothing_and_the_sum_goes_on():
    counts = Counts()
    for _ in range(2):
        for _ in range(4):
            counts.count("answered")
        assert counts.hour() == "quiet"
    assert 'kind="answered"} 8' in counts.prometheus()


@given(SECONDS)
def test_no_difference_of_two_buckets_points_at_fewer_than_five(seconds):
    counts = Counts()
    for second in seconds:
        counts.answered_in(second)
    samples = told(counts.prometheus())
    sums = [value for name, value in samples.items() if "_bucket" in name]
    assert sums == sorted(sums)
    assert all(value % LEAST_TOLD == 0 for value in sums)
    assert bool(sums) is (len(seconds) >= LEAST_TOLD)
    if sums:
        assert len(sums) == len(BUCKETS_S) + 1
        assert sums[-1] == samples["pincite_telegram_answer_seconds_count"]


def test_a_latency_at_a_bound_counts_below_it():
    counts = Counts()
    for _ in range(5):
        counts.answered_in(0.5)
    samples = told(counts.prometheus())
    assert samples['pincite_telegram_answer_seconds_bucket{le="0.25"}'] == 0
    assert samples['pincite_telegram_answer_seconds_bucket{le="0.5"}'] == 5


def test_every_line_of_the_metrics_is_one_that_prometheus_reads():
    counts = Counts()
    for _ in range(5):
        counts.count("rated_right")
        counts.answered_in(3.0)
    sample = re.compile(r'[a-z_]+(\{[a-z]+="[^"\\]*"\})? [\d.]+')
    for line in counts.prometheus().splitlines():
        assert line.startswith("# TYPE pincite_telegram_") or sample.fullmatch(line)


def test_metrics_are_served_on_this_computer_alone_and_nothing_else_is():
    async def ask():
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        counts = Counts()
        for _ in range(5):
            counts.count("answered")
        server = serve(counts, port)
        try:

            def fetch(path):
                with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as reply:
                    return reply.headers["Content-Type"], reply.read().decode()

            kind, text = await asyncio.to_thread(fetch, "/metrics")
            assert kind.startswith("text/plain; version=0.0.4")
            assert text == counts.prometheus()
            with pytest.raises(urllib.error.HTTPError, match="404"):
                await asyncio.to_thread(fetch, "/")
        finally:
            server.stop()
            await server.close_all_connections()

    asyncio.run(ask())


# Tornado leaves the socket that it could not bind to be collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_port_that_is_taken_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(WrongUse, match=f"port {port} .*give another"):
            serve(Counts(), port)
        gc.collect()


@pytest.fixture
def logged(monkeypatch):
    """What is logged to standard error from here on; the process's logging is put back after."""
    root, hooks = logging.getLogger(), (threading.excepthook, sys.unraisablehook)
    handlers, level = list(root.handlers), root.level
    written = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", written)
        logs.configure(TOKEN)
    yield written.getvalue
    root.handlers[:], root.level = handlers, level
    threading.excepthook, sys.unraisablehook = hooks


def test_an_error_of_a_thread_is_logged_by_its_class_alone(logged):
    def fail():
        raise ValueError("kumquat")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    said = logged()
    assert re.search(r"error [0-9a-f]{8}: ValueError at test_telling\.py:\d+", said)
    assert "kumquat" not in said


@pytest.mark.parametrize(
    ("context", "says"),
    [
        ({"exception": KeyError("kumquat"), "message": "kumquat"}, "KeyError"),
        ({"message": "kumquat"}, "NoneType"),
    ],
)
def test_an_error_that_nobody_waits_for_is_logged_without_its_words(logged, context, says):
    loop = asyncio.new_event_loop()
    try:
        logs.on_loop_error(loop, context)
    finally:
        loop.close()
    said = logged()
    assert says in said
    assert "kumquat" not in said


def test_what_acts_on_a_terminal_does_not_through_the_log(logged):
    logs.logger.warning("port \x1b[2J%s", "\u202e80")
    assert logged().endswith("WARNING port �[2J�80\n")


def test_libraries_are_heard_only_from_a_warning_on(logged):
    logging.getLogger("httpx").info("POST /bot")
    assert logged() == ""
    logs.logger.info("started")
    assert logged().endswith("INFO started\n")


@pytest.mark.parametrize("place", ["%s", "https://api.telegram.org/bot%s/getMe", "%s%s"])
def test_the_token_is_taken_out_wherever_it_stands(logged, place):
    logs.logger.error(place, *([TOKEN] * place.count("%s")))
    assert place.replace("%s", "…") in logged()
    assert TOKEN not in logged()


def test_references_of_errors_do_not_repeat(logged):
    assert len({logs.report(ValueError()) for _ in range(50)}) == 50


def test_a_file_that_is_named_goes_before_the_environment_and_a_credential(tmp_path):
    (tmp_path / "telegram-token").write_text(TOKEN.replace("7012", "9999"))
    (tmp_path / "mine").write_text(f"  {TOKEN}\n")
    environment = {
        "PINCITE_TELEGRAM_TOKEN": TOKEN.replace("7012", "8888"),
        "CREDENTIALS_DIRECTORY": str(tmp_path),
    }
    assert find(environment, tmp_path / "mine").reveal() == TOKEN
    assert find(environment, None).reveal().startswith("8888")
    del environment["PINCITE_TELEGRAM_TOKEN"]
    assert find(environment, None).reveal().startswith("9999")


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_token_file_that_cannot_be_read_is_named_and_nothing_else_is_tried(tmp_path, content):
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadToken, match=re.escape(str(path))):
        find({"PINCITE_TELEGRAM_TOKEN": TOKEN}, path)


@pytest.mark.parametrize("environment", [{}, {"PINCITE_TELEGRAM_TOKEN": "  "}])
def test_without_a_token_it_is_said_where_one_may_stand(tmp_path, environment):
    with pytest.raises(BadToken, match=r"PINCITE_TELEGRAM_TOKEN.*telegram-token"):
        find({**environment, "CREDENTIALS_DIRECTORY": str(tmp_path)}, None)


def test_a_token_takes_nothing_along_that_could_show_it():
    token = Token(TOKEN)
    assert TOKEN not in repr({"token": token})
    assert not hasattr(token, "__dict__")

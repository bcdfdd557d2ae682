"""A model arrives whole or not at all, over every kind of connection, from every kind of server."""

import dataclasses
import hashlib
import os
import random
import shutil
import signal
import ssl
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from clipsorter.clip import connection, models_folder
from clipsorter.clip.catalog import ModelCard
from clipsorter.clip.download import Progress, Retry, download
from clipsorter.errors import CancelledError, DownloadError, UsageError
from tests import model_server as server
from tests.model_server import ForwardProxy, ModelServer, serving

PAYLOAD = random.Random(1).randbytes(600_000)
HALF = len(PAYLOAD) // 2
WRONG = random.Random(2).randbytes(len(PAYLOAD))


def card_for(payload: bytes, **changes) -> ModelCard:
    return ModelCard(
        id="Tiny/1", title="Tiny", knows="nothing", resolution=64, embed_dim=64, min_probability=0.5, min_margin=0.1,
        file="Tiny-1.pt", sha256=hashlib.sha256(payload).hexdigest(), size_mb=1,
    ) if not changes else dataclasses.replace(card_for(payload), **changes)  # fmt: skip


CARD = card_for(PAYLOAD)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "models"


@pytest.fixture(autouse=True)
def no_proxy_of_the_tester(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def fetch(folder, base_url, card=CARD, delays=(0, 0), **options):
    return list(download(card, folder, base_url=base_url, retry_delays_s=delays, **options))


def is_whole(folder, card=CARD, payload=PAYLOAD):
    return (folder / card.file).read_bytes() == payload and not (folder / f"{card.file}.part").exists()


def leave_part(folder, data):
    folder.mkdir()
    (folder / f"{CARD.file}.part").write_bytes(data)


def left(folder):
    """Name what lies in the models folder, but for its own books."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_file_arrives_and_progress_is_told(folder):
    with serving(ModelServer(PAYLOAD)) as site:
        events = fetch(folder, site.url)
    assert is_whole(folder)
    assert site.paths == [f"/models/{CARD.sha256}/Tiny-1.pt"]
    assert events[0] == Progress(0, len(PAYLOAD), 0.0)
    assert events[-1].bytes_done == len(PAYLOAD)
    assert events[-1].bytes_per_s > 0
    assert [event.bytes_done for event in events] == sorted(event.bytes_done for event in events)


def test_second_download_asks_for_nothing(folder):
    with serving(ModelServer(PAYLOAD)) as site:
        fetch(folder, site.url)
        assert fetch(folder, site.url) == []
        assert len(site.paths) == 1


def test_damaged_file_of_the_right_name_is_replaced(folder):
    folder.mkdir()
    (folder / CARD.file).write_bytes(WRONG)
    with serving(ModelServer(PAYLOAD)) as site:
        fetch(folder, site.url)
    assert is_whole(folder)


def test_broken_connection_goes_on_where_it_broke(folder):
    with serving(ModelServer(PAYLOAD, server.breaking(HALF), server.ranged)) as site:
        events = fetch(folder, site.url)
    assert is_whole(folder)
    assert site.ranges == [None, f"bytes={HALF}-"]
    assert [event.reason for event in events if isinstance(event, Retry)] == ["127.0.0.1 broke off after 0 MB of 1 MB."]


def test_long_download_may_break_more_often_than_there_are_tries(folder):
    payload = random.Random(3).randbytes(6 * 2**20)
    card = card_for(payload, size_mb=6)
    with serving(ModelServer(payload, server.breaking_each(2**20 + 2**17))) as site:
        events = fetch(folder, site.url, card, delays=(0,))
    assert is_whole(folder, card, payload)
    assert sum(isinstance(event, Retry) for event in events) == 5


def test_server_that_always_begins_again_does_not_hold_the_user_for_ever(folder):
    payload = random.Random(3).randbytes(4 * 2**20)
    card = card_for(payload, size_mb=4)
    with (
        serving(ModelServer(payload, server.announcing(len(payload), stop=2**21))) as site,
        pytest.raises(DownloadError, match="broke off"),
    ):
        fetch(folder, site.url, card)
    assert len(site.paths) <= 6


def test_next_run_goes_on_from_what_the_last_one_left(folder):
    with serving(ModelServer(PAYLOAD, server.breaking(HALF))) as site, pytest.raises(DownloadError, match="are kept"):
        fetch(folder, site.url, delays=())
    assert left(folder) == ["Tiny-1.pt.part"]
    with serving(ModelServer(PAYLOAD)) as site:
        events = fetch(folder, site.url)
        assert site.ranges == [f"bytes={HALF}-"]
    assert events[0].bytes_done == HALF
    assert is_whole(folder)


def test_server_without_ranges_restarts_cleanly(folder):
    leave_part(folder, PAYLOAD[:HALF])
    with serving(ModelServer(PAYLOAD, server.whole)) as site:
        events = fetch(folder, site.url)
        assert site.ranges == [f"bytes={HALF}-"]
    assert events[0].bytes_done == 0
    assert is_whole(folder)


def test_complete_part_is_recognised_through_416(folder):
    leave_part(folder, PAYLOAD)
    with serving(ModelServer(PAYLOAD)) as site:
        fetch(folder, site.url)
        assert len(site.paths) == 1
    assert is_whole(folder)


@pytest.mark.parametrize("part", [WRONG[:HALF], WRONG, WRONG + WRONG], ids=["shorter", "as long", "longer"])
def test_part_of_another_file_is_dropped_and_all_fetched_again(folder, part):
    leave_part(folder, part)
    with serving(ModelServer(PAYLOAD)) as site:
        events = fetch(folder, site.url)
        assert site.ranges[-1] is None
    assert any(isinstance(event, Retry) and "does not fit" in event.reason for event in events)
    assert is_whole(folder)


@pytest.mark.parametrize("content_range", ["bytes 7-599999/600000", "bytes 300000", f"bytes {'9' * 5000}-1/2", ""])
def test_piece_that_was_not_asked_for_is_not_appended(folder, content_range):
    leave_part(folder, PAYLOAD[:HALF])

    def misplaced(handler):
        server.head(handler, 206, Content_Length=len(PAYLOAD) - HALF, Content_Range=content_range)
        handler.wfile.write(PAYLOAD[HALF:])

    with serving(ModelServer(PAYLOAD, misplaced, server.ranged)) as site:
        fetch(folder, site.url)
    assert is_whole(folder)


def test_range_of_unsaid_total_is_completed(folder):
    leave_part(folder, PAYLOAD[:HALF])

    def vague(handler):
        server.head(handler, 206, Content_Length=HALF, Content_Range=f"bytes {HALF}-{len(PAYLOAD) - 1}/*")
        handler.wfile.write(PAYLOAD[HALF:])

    with serving(ModelServer(PAYLOAD, vague)) as site:
        events = fetch(folder, site.url)
    assert events[-1].bytes_total == len(PAYLOAD)
    assert is_whole(folder)


@pytest.mark.parametrize(
    "answer",
    [server.other(WRONG), server.other(b"<html>Please log in</html>"), server.announcing(HALF), server.status(200)],
    ids=["wrong bytes", "login page", "length too short", "empty"],
)
def test_wrong_file_is_removed_and_never_gets_the_name(folder, answer):
    with serving(ModelServer(PAYLOAD, answer)) as site, pytest.raises(DownloadError, match="SHA-256 is wrong"):
        fetch(folder, site.url)
    assert left(folder) == []


def test_wrong_file_after_a_break_is_fetched_once_more_and_then_refused(folder):
    leave_part(folder, PAYLOAD[:HALF])
    answers = (server.other(WRONG), server.other(WRONG), server.ranged)
    with serving(ModelServer(PAYLOAD, *answers)) as site, pytest.raises(DownloadError, match="SHA-256 is wrong"):
        fetch(folder, site.url)
    assert left(folder) == []


def test_announced_length_that_is_too_long_does_not_matter(folder):
    with serving(ModelServer(PAYLOAD, server.announcing(len(PAYLOAD) + 1000))) as site:
        fetch(folder, site.url)
    assert is_whole(folder)


@pytest.mark.parametrize("answer", [server.without_length, server.chunked, server.announcing("many")])
def test_file_of_unsaid_length_arrives(folder, answer):
    with serving(ModelServer(PAYLOAD, answer)) as site:
        events = fetch(folder, site.url)
    assert events[-1] == Progress(len(PAYLOAD), None, events[-1].bytes_per_s)
    assert is_whole(folder)


def test_chunks_that_break_off_are_completed(folder):
    with serving(ModelServer(PAYLOAD, lambda handler: server.chunked(handler, HALF), server.ranged)) as site:
        fetch(folder, site.url)
        assert site.ranges == [None, f"bytes={HALF}-"]
    assert is_whole(folder)


def test_chunks_that_are_garbage_end_in_a_sentence(folder):
    def garbage(handler):
        server.head(handler, 200, Transfer_Encoding="chunked")
        handler.wfile.write(b"zzzz\r\nnot a chunk\r\n")

    with serving(ModelServer(PAYLOAD, garbage)) as site, pytest.raises(DownloadError, match="broke off"):
        fetch(folder, site.url)


def test_endless_stream_is_stopped_near_the_size_of_the_model(folder):
    with (
        serving(ModelServer(PAYLOAD, server.endless)) as site,
        pytest.raises(DownloadError, match="more than Tiny has"),
    ):
        fetch(folder, site.url)
    assert left(folder) == []


def test_announcement_of_a_much_larger_file_is_refused_at_once(folder):
    with (
        serving(ModelServer(PAYLOAD, server.announcing(10**15))) as site,
        pytest.raises(DownloadError, match=r"announces 953,674,316 MB, but Tiny has 1 MB"),
    ):
        fetch(folder, site.url)
    assert left(folder) == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(404, "does not have this model"), (403, "refuses"), (999, "can't deliver"), (204, "SHA-256")],
)
def test_refusal_is_a_sentence(folder, code, sentence):
    with serving(ModelServer(PAYLOAD, server.status(code))) as site, pytest.raises(DownloadError, match=sentence):
        fetch(folder, site.url)


def test_missing_file_is_asked_for_once_and_a_server_error_again(folder):
    with serving(ModelServer(PAYLOAD, server.status(404))) as site, pytest.raises(DownloadError):
        fetch(folder, site.url)
    assert len(site.paths) == 1
    with serving(ModelServer(PAYLOAD, server.status(500), server.status(503), server.ranged)) as site:
        events = fetch(folder, site.url)
    assert "500 (Internal Server Error)" in events[0].reason
    assert is_whole(folder)


def test_answer_that_is_no_http_is_a_sentence(folder):
    with (
        serving(ModelServer(PAYLOAD, lambda handler: handler.wfile.write(b"\x1b[2J SSH-2.0\r\n\r\n"))) as site,
        pytest.raises(DownloadError, match=r"connection to 127\.0\.0\.1 failed") as caught,
    ):
        fetch(folder, site.url)
    assert "\x1b" not in str(caught.value)


def test_redirect_is_followed_and_keeps_the_range(folder):
    leave_part(folder, PAYLOAD[:HALF])
    with serving(ModelServer(PAYLOAD, server.redirect("/elsewhere"), server.ranged)) as site:
        fetch(folder, site.url)
    assert site.paths[1] == "/elsewhere"
    assert site.ranges == [f"bytes={HALF}-"] * 2
    assert is_whole(folder)


def test_what_comes_with_a_redirect_is_not_read_for_ever(folder):
    with serving(ModelServer(PAYLOAD, server.redirect("/elsewhere", server.endless), server.ranged)) as site:
        fetch(folder, site.url)
    assert is_whole(folder)


@pytest.mark.parametrize("scheme", ["file", "ftp", "data", "gopher"])
def test_redirect_to_what_is_no_web_address_is_refused(folder, tmp_path, scheme):
    (tmp_path / "bait").write_bytes(PAYLOAD)
    location = {"data": "data:text/plain,bait"}.get(scheme, f"{scheme}://localhost{tmp_path / 'bait'}")
    with serving(ModelServer(PAYLOAD, server.redirect(location))) as site, pytest.raises(DownloadError, match="no web"):
        fetch(folder, site.url)
    assert left(folder) == []


def test_redirects_in_a_circle_end(folder):
    with (
        serving(ModelServer(PAYLOAD, server.redirect("/models/again"))) as site,
        pytest.raises(DownloadError, match="circle"),
    ):
        fetch(folder, site.url)


@pytest.mark.parametrize("location", ["http://[broken", "http://127.0.0.1:notaport/", "http://" + "a" * 70 + "/"])
def test_redirect_to_a_malformed_address_is_a_sentence(folder, location):
    with serving(ModelServer(PAYLOAD, server.redirect(location))) as site, pytest.raises(DownloadError):
        fetch(folder, site.url)


@pytest.mark.parametrize(
    "address", ["", "models", "file:///srv/models", "ftp://host/models", "http://", "http://[broken"]
)
def test_address_that_is_no_web_address_is_refused(folder, address):
    with pytest.raises(UsageError, match="begin with https"):
        fetch(folder, address)
    assert not folder.exists()


def test_starter_has_nothing_to_download(folder):
    with pytest.raises(UsageError, match="part of the program"):
        fetch(folder, "http://localhost", card_for(PAYLOAD, file="", sha256=""))


def test_closed_port_is_a_sentence_after_the_tries(folder):
    with serving(ModelServer(PAYLOAD)) as site:
        address = site.url
    with pytest.raises(DownloadError, match=r"The connection to 127\.0\.0\.1 failed.*import the model"):
        fetch(folder, address)


def test_unknown_host_is_a_sentence(folder):
    with pytest.raises(DownloadError, match=r"The connection to no-such-host\.invalid failed"):
        fetch(folder, "http://no-such-host.invalid/models", delays=())


def test_silent_server_is_given_up_and_asked_again(folder, monkeypatch):
    monkeypatch.setattr(connection, "TIMEOUT_S", 0.3)
    with serving(ModelServer(PAYLOAD, server.gated(HALF), server.ranged)) as site:
        events = fetch(folder, site.url)
        assert site.ranges == [None, f"bytes={HALF}-"]
    assert any(isinstance(event, Retry) and "has sent nothing" in event.reason for event in events)
    assert is_whole(folder)


def test_cancel_keeps_the_part_and_the_next_run_completes_it(folder):
    cancel = threading.Event()
    with serving(ModelServer(PAYLOAD, server.gated(HALF), server.ranged)) as site:
        events = download(CARD, folder, base_url=site.url, cancel=cancel)
        next(events)
        cancel.set()
        with pytest.raises(CancelledError, match="goes on from there"):
            next(events)
        fetched = (folder / "Tiny-1.pt.part").stat().st_size
        assert 0 < fetched <= HALF
        fetch(folder, site.url)
        assert site.ranges[1] == f"bytes={fetched}-"
    assert is_whole(folder)


def test_cancel_ends_the_wait_before_another_try(folder):
    cancel = threading.Event()
    with serving(ModelServer(PAYLOAD, server.status(500))) as site:
        events = download(CARD, folder, base_url=site.url, cancel=cancel, retry_delays_s=(3600.0,))
        assert isinstance(next(events), Retry)
        threading.Timer(0.05, cancel.set).start()
        with pytest.raises(CancelledError):
            next(events)


def test_closed_generator_lets_go_of_the_folder(folder):
    with serving(ModelServer(PAYLOAD, server.gated(HALF), server.ranged)) as site:
        events = download(CARD, folder, base_url=site.url)
        next(events)
        events.close()
        fetch(folder, site.url)
    assert is_whole(folder)


# Two programs at once


PROGRAM = """
import sys
from pathlib import Path
from clipsorter.clip.catalog import ModelCard
from clipsorter.clip.download import download
from clipsorter.errors import ClipsorterError
card = ModelCard("Tiny/1", "Tiny", "nothing", 64, 64, 0.5, 0.1, "quickgelu", "Tiny-1.pt", sys.argv[3], 1)
try:
    for event in download(card, Path(sys.argv[1]), base_url=sys.argv[2], retry_delays_s=()):
        print(event.bytes_done, flush=True)
except ClipsorterError as error:
    print(error, flush=True)
"""


def start(folder, site):
    command = [sys.executable, "-c", PROGRAM, str(folder), site.url, CARD.sha256]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_second_program_is_told_that_a_download_is_running(folder):
    with serving(ModelServer(PAYLOAD, server.gated(HALF))) as site:
        with start(folder, site) as first:
            assert first.stdout.readline() == "0\n"
            with start(folder, site) as second:
                assert second.communicate()[0].startswith("Another Clipsorter is fetching")
            site.gate.set()
            assert first.communicate()[0].endswith(f"{len(PAYLOAD)}\n")
        assert len(site.paths) == 1
    assert is_whole(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_download_of_a_killed_program_is_taken_up_by_the_next(folder):
    leave_part(folder, PAYLOAD[: HALF // 2])
    with serving(ModelServer(PAYLOAD, server.gated(HALF), server.ranged)) as site:
        with start(folder, site) as first:
            assert first.stdout.readline() == f"{HALF // 2}\n"
            first.send_signal(signal.SIGKILL)
        with start(folder, site) as second:
            assert int(second.stdout.readline()) >= HALF // 2
            assert second.communicate()[0].endswith(f"{len(PAYLOAD)}\n")
    assert is_whole(folder)


# Disks


def test_too_little_space_is_refused_with_both_sizes(folder):
    needs = 10**9  # MB
    with (
        serving(ModelServer(PAYLOAD, server.announcing(needs * 2**20))) as site,
        pytest.raises(UsageError, match=r"Tiny needs 1,000,000,064 MB of free space .* has [\d,]+ MB\."),
    ):
        fetch(folder, site.url, card_for(PAYLOAD, size_mb=needs))


@contextmanager
def small_disk(folder, size_mb):
    """Mount a real disk of that size, or skip."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_nothing_is_written_to_a_disk_without_a_margin(folder):
    with small_disk(folder, 8), serving(ModelServer(PAYLOAD)) as site:
        with pytest.raises(UsageError, match=r"Tiny needs 65 MB of free space .* has 8 MB\."):
            fetch(folder, site.url)
        assert (folder / "Tiny-1.pt.part").stat().st_size == 0


def test_disk_that_fills_up_meanwhile_is_a_sentence_and_the_part_is_kept(folder):
    with small_disk(folder, 68), serving(ModelServer(PAYLOAD, server.gated(HALF), server.ranged)) as site:
        events = download(CARD, folder, base_url=site.url)
        next(events)
        with pytest.raises(OSError), (folder / "filler").open("wb", buffering=0) as filler:
            while filler.write(bytes(4096)):
                pass
        site.gate.set()
        with pytest.raises(UsageError, match="is full"):
            list(events)
        assert left(folder) == ["Tiny-1.pt.part", "filler"]
        (folder / "filler").unlink()
        fetch(folder, site.url)
        assert is_whole(folder)


def test_folder_that_can_not_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="can't be read or written"):
        fetch(tmp_path / "file" / "models", "http://localhost")


# Proxies and certificates


def test_proxy_of_the_environment_is_used_and_no_proxy_heeded(folder, monkeypatch):
    with serving(ModelServer(PAYLOAD)) as site, serving(ForwardProxy()) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        fetch(folder, site.url)
        assert proxy.seen == [f"{site.url}/{CARD.sha256}/Tiny-1.pt"]
        assert is_whole(folder)
        shutil.rmtree(folder)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        fetch(folder, site.url)
        assert len(proxy.seen) == 1
    assert is_whole(folder)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_proxy_that_wants_a_password_is_a_sentence(folder, scheme, monkeypatch):
    with serving(ModelServer(PAYLOAD, server.status(407))) as proxy:
        monkeypatch.setenv(f"{scheme}_proxy", proxy.url)
        with pytest.raises(DownloadError, match="The proxy asks for a password"):
            fetch(folder, f"{scheme}://models.invalid")


def test_dead_proxy_is_named(folder, monkeypatch):
    with serving(ForwardProxy()) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
    with pytest.raises(DownloadError, match=r"models\.invalid through the proxy 127\.0\.0\.1 failed"):
        fetch(folder, "http://models.invalid")


@pytest.fixture
def secure_site(tmp_path):
    """Serve over TLS, with a certificate that nobody signed."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate, is not here")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
         "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    site = ModelServer(PAYLOAD)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    with serving(site):
        yield site.url.replace("http:", "https:"), tmp_path / "cert.pem"


def test_untrusted_certificate_is_a_sentence_and_is_not_tried_again(folder, secure_site):
    with pytest.raises(DownloadError, match=r"certificate of 127\.0\.0\.1 is not trusted \(self.signed"):
        fetch(folder, secure_site[0], delays=(3600.0,))
    assert left(folder) == []


def test_certificate_that_the_user_names_is_trusted_also_through_a_tunnel(folder, secure_site, monkeypatch):
    url, certificate = secure_site
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(ForwardProxy()) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        fetch(folder, url)
        assert proxy.seen == [url.removeprefix("https://").removesuffix("/models")]
    assert is_whole(folder)


# The folder's books


def test_hash_is_remembered_until_the_file_changes(folder):
    with serving(ModelServer(PAYLOAD)) as site:
        fetch(folder, site.url)
    file = folder / CARD.file
    stat = file.stat()
    file.write_bytes(WRONG)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert models_folder.known_sha256(file, folder) == CARD.sha256  # not read again
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert models_folder.known_sha256(file, folder) == hashlib.sha256(WRONG).hexdigest()


@pytest.mark.parametrize("memory", ["", "[]", "{", '{"x": 1}', '{"%s": []}', '{"%s": [600000]}', '{"%s": "x"}'])
def test_damaged_memory_of_hashes_is_an_empty_one(folder, memory):
    folder.mkdir()
    file = folder / CARD.file
    file.write_bytes(PAYLOAD)
    (folder / ".sha256.json").write_text(memory.replace("%s", str(file)), encoding="utf-8")
    assert models_folder.known_sha256(file, folder) == CARD.sha256

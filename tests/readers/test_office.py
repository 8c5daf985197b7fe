"""Old Word files, RTF and OpenDocument texts: read as the DOCX that LibreOffice makes of them, with nothing let in or out."""

from __future__ import annotations

import http.server
import os
import shutil
import signal
import socket
import stat
import struct
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pytest

from extractors import extract, limits, report_of
from extractors.errors import Unreadable
from extractors.model import Source
from extractors.readers import office, read, soffice
from extractors.readers.guard import Allowance, GuardedPool
from extractors.readers.progress import ticking
from pipeline.doctor import _PROGRAMS
from tests.readers import books, packed
from tests.readers.agreement import ENOUGH, REWRITTEN, SAMPLES, SEEDS, compared, rewritten

SENTENCE = "Tổng số hồ sơ đã tiếp nhận: 33.459 hồ sơ"
NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
SOURCE = Source("a.doc", "", 0, "doc")


@pytest.fixture
def _libreoffice() -> None:
    if soffice.program() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice is missing")
        pytest.skip("soffice is missing")


with_office = pytest.mark.usefixtures("_libreoffice")


def rtf(body: str) -> bytes:
    text = "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in body)
    return f"{{\\rtf1\\ansi {text}}}".encode("ascii")


def odt(body: str, more: dict[str, str | bytes] | None = None, before: str = "") -> bytes:
    spaces = " ".join(f'xmlns:{n}="{NAMES}{n}:1.0"' for n in ("office", "text", "table"))
    spaces += f' xmlns:draw="{NAMES}drawing:1.0" xmlns:svg="{NAMES}svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = f'{before}<office:document-content {spaces} office:version="1.2"><office:body><office:text>{body}</office:text></office:body></office:document-content>'  # fmt: skip
    return packed.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content} | (more or {}))


def texts(data: bytes) -> list[str]:
    return [p.text for p in office.read(data, SOURCE).passages()]


def fib(flags: int = 0, ident: int = 0xA5EC) -> bytes:
    return struct.pack("<HHHHHH", ident, 0xC1, 0, 0x0409, 0, flags)


# --- reading -------------------------------------------------------------------------------------------------------


@with_office
@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.rtf", rtf(SENTENCE), "RTF"),
        ("a.doc", rtf(SENTENCE), "RTF"),
        ("a.odt", odt(f"<text:p>{SENTENCE}</text:p>"), "OpenDocument"),
    ],
)
def test_the_kind_is_told_and_the_format_is_that_of_old_word(name: str, data: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    report = extract(file)
    assert report.error is None
    assert report.source.format == "doc"
    assert [str(o.value) for o in report.observations] == ["33459"]
    warnings = {w.code: w.message for w in report.source.warnings}
    assert told in warnings["converted"]
    assert ("name_mismatch" in warnings) == (name == "a.doc")


@with_office
def test_a_table_of_an_open_document_keeps_its_cells() -> None:
    row = "<table:table-row>{}</table:table-row>"
    cells = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(row.format("".join(cells.format(v) for v in values)) for values in (("Đơn vị", "Số"), ("Sở A", "33.451"), ("Sở B", "12")))  # fmt: skip
    table = f'<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>{rows}</table:table>'
    assert texts(odt(table)) == ["Đơn vị", "Số", "Sở A", "33.451", "Sở B", "12"]


@with_office
def test_a_sample_rewritten_as_old_word_says_the_same(tmp_path: Path) -> None:
    sample = next(s for s in SAMPLES if "ha-giang" in s.stem)
    word, old = report_of(read(sample)), report_of(read(rewritten(sample, "doc", tmp_path)))
    assert compared(word, old).share >= ENOUGH


@with_office
@pytest.mark.slow
@pytest.mark.parametrize(
    ("sample", "kind"), list(zip(SAMPLES, cycle(REWRITTEN), strict=False)), ids=lambda p: getattr(p, "stem", p)
)
def test_samples_rewritten_say_the_same(sample: Path, kind: str, tmp_path: Path) -> None:
    """Each in one of the kinds; `python -m tests.readers.agreement` has each in all of them."""
    word, old = report_of(read(sample)), report_of(read(rewritten(sample, kind, tmp_path)))
    assert compared(word, old).share >= ENOUGH


@with_office
@pytest.mark.slow
@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the seeds")
def test_old_word_files_say_what_their_docx_says() -> None:
    files = sorted(SEEDS.glob("*.doc"))
    assert files
    for file in files:
        assert compared(report_of(read(file.with_suffix(".docx"))), report_of(read(file))).share >= ENOUGH, file.name


# --- what is refused before LibreOffice sees it --------------------------------------------------------------------

MANIFEST = f'<manifest:manifest xmlns:manifest="{NAMES}manifest:1.0"><manifest:encryption-data/></manifest:manifest>'
EARLY = {
    "a Word file with a password": (books.ole({"WordDocument": fib(0x0100)}), "encrypted"),
    "an OLE file without a Word head": (books.ole({"WordDocument": b"x" * 5_000}), "corrupt"),
    "a Word stream that is cut off": (books.ole({"WordDocument": fib()})[:700], "corrupt"),
    "a text with a password": (odt("<text:p/>", {"META-INF/manifest.xml": MANIFEST}), "encrypted"),
    "a DTD": (odt("<text:p/>", before='<!DOCTYPE x [<!ENTITY l0 "lol">]>'), "dtd_present"),
    "a text of 80 MB": (odt("<text:p/>" + " " * (80 * 2**20)), "too_large"),
    "3,000 levels": (odt("<text:section>" * 3_000 + "</text:section>" * 3_000), "too_deep"),
}


@pytest.mark.parametrize("name", EARLY)
def test_what_can_be_told_cheaply_is_told_before(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, code = EARLY[name]
    monkeypatch.setattr(office, "convert", lambda *_: pytest.fail("LibreOffice was started"))
    with pytest.raises(Unreadable) as caught:
        office.read(data, SOURCE)
    assert caught.value.code == code


def test_an_open_document_is_handed_on_as_its_text_alone() -> None:
    bomb = bytes(50 * 2**20)
    more: dict[str, str | bytes] = {"Pictures/a.png": bomb, "Basic/Standard/Module1.xml": "Shell", "Object 1/content.xml": "<x/>", "settings.xml": "<x/>"}  # fmt: skip
    ready = office.prepared(odt(f"<text:p>{SENTENCE}</text:p>", more))
    with zipfile.ZipFile(BytesIO(ready.data)) as archive:
        assert sorted(archive.namelist()) == ["META-INF/manifest.xml", "content.xml", "mimetype"]
    assert ready.codes == ("macro", "unread_part")


def test_macros_of_old_word_are_told() -> None:
    assert office.prepared(books.ole({"WordDocument": fib(), "Macros": b""})).codes == ("macro",)
    assert office.prepared(books.ole({"WordDocument": fib()})).codes == ()


@with_office
@pytest.mark.parametrize(
    "data", [rtf("{" * 50_000), books.ole({"WordDocument": fib()}), b"{\\rtf" + bytes(range(256)) * 50]
)
def test_what_libreoffice_cannot_read_is_corrupt_or_empty(data: bytes) -> None:
    try:
        document = office.read(data, SOURCE)
    except Unreadable as refusal:
        assert refusal.code == "corrupt"
    else:
        assert "33.459" not in str(document.blocks)


# --- the process ---------------------------------------------------------------------------------------------------


class _Server(http.server.BaseHTTPRequestHandler):
    seen: list[str] = []  # noqa: RUF012  one server at a time

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"99.999")

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    _Server.seen = []
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


@with_office
def test_nothing_is_fetched_from_the_network_or_the_machine(server: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("99.999")
    field = "{{\\field{{\\*\\fldinst {} }}{{\\fldrslt cu}}}}"
    body = rtf(SENTENCE).decode().rstrip("}")
    for code in (f"INCLUDEPICTURE \\\\d {server}/a.png", f"INCLUDETEXT {secret}", f"INCLUDETEXT {server}/b.txt"):
        body += field.format(code)
    body += f"{{\\*\\template {server}/c.dot}}}}"
    link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    frame = '<text:p><draw:frame svg:width="5cm" svg:height="5cm" text:anchor-type="paragraph">{}</draw:frame></text:p>'
    section = '<text:section text:name="{}"><text:section-source xlink:href="{}" xlink:type="simple"/><text:p>cũ</text:p></text:section>'
    page = (
        f"<text:p>{SENTENCE}</text:p>" + section.format("a", secret.as_uri()) + section.format("b", f"{server}/d.txt")
    )
    page += frame.format(f'<draw:image xlink:href="{server}/e.png" {link}/>')
    page += frame.format(f'<draw:object xlink:href="{server}/f.odt" {link}/>')
    for data in (body.encode("ascii"), odt(page)):
        told = " ".join(texts(data))
        assert "33.459" in told
        assert "99.999" not in told
    assert _Server.seen == []


def test_the_server_would_have_seen_it(server: str) -> None:
    with socket.create_connection(("127.0.0.1", int(server.rpartition(":")[2]))) as line:
        line.sendall(b"GET /x HTTP/1.0\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.0 200")
    assert _Server.seen == ["/x"]


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of our own in the place of LibreOffice."""
    program = folder / "soffice.bin"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(soffice, "program", lambda: str(program))


posix = pytest.mark.skipif(os.name == "nt", reason="needs a shell")


@posix
def test_a_conversion_that_hangs_is_killed_and_ticks_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 60", monkeypatch)
    monkeypatch.setattr(limits, "OFFICE_SECONDS", 1.0)
    ticks: list[float] = []
    with pytest.raises(Unreadable) as caught, ticking(lambda: ticks.append(time.monotonic())):
        soffice.convert(b"x", ".doc")
    assert caught.value.code == "timed_out"
    assert len(ticks) >= 4
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


@posix
@pytest.mark.parametrize(
    ("script", "code"),
    [("exit 0", "corrupt"), ("exit 1", "corrupt"), ("kill -SEGV $$", "crashed"), ("exit 81", "corrupt")],
)
def test_a_conversion_that_makes_nothing_is_a_refusal(
    script: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, script, monkeypatch)
    with pytest.raises(Unreadable) as caught:
        soffice.convert(b"x", ".doc")
    assert caught.value.code == code


@posix
def test_the_process_sees_a_private_profile_and_no_more_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    stand_in(
        tmp_path,
        f'env > {tmp_path}/env; echo "$@" > {tmp_path}/args; cp -r "$HOME/profile" {tmp_path}/profile',
        monkeypatch,
    )
    with pytest.raises(Unreadable):
        soffice.convert(b"x", ".doc")
    environment, arguments = (tmp_path / "env").read_text(), (tmp_path / "args").read_text()
    assert "SECRET_TOKEN" not in environment
    home = next(line.removeprefix("HOME=") for line in environment.splitlines() if line.startswith("HOME="))
    assert not Path(home).exists()
    assert f"-env:UserInstallation=file://{home}/profile" in arguments
    settings = (tmp_path / "profile" / "user" / "registrymodifications.xcu").read_text()
    for name in ("MacroSecurityLevel", "DisableMacrosExecution", "BlockUntrustedRefererLinks", "ooInetHTTPProxyName"):
        assert name in settings


def test_a_missing_libreoffice_is_told_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(Unreadable) as caught:
        office.read(rtf(SENTENCE), SOURCE)
    assert caught.value.code == "unsupported"
    assert soffice.INSTALL in caught.value.detail
    assert soffice.INSTALL in [command for names, _, command in _PROGRAMS if "soffice" in names]


def hang(path: Path) -> None:
    """Runs in the guarded child: a conversion that never ends."""
    soffice.program = lambda: str(path)  # type: ignore[assignment]
    soffice.convert(b"x", ".doc")


@posix
def test_a_conversion_dies_with_the_child_that_reads(tmp_path: Path) -> None:
    program = tmp_path / "soffice.bin"
    program.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 60\n")
    program.chmod(0o755)
    pool = GuardedPool(1, allowance=Allowance(wall=120))
    future = pool.submit(hang, program)
    _wait(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().endswith("\n"), 90)
    pid = int((tmp_path / "pid").read_text())
    assert _is_alive(pid)
    pool.shutdown(wait=False, cancel_futures=True)
    with pytest.raises(Unreadable):
        future.result(timeout=60)
    _wait(lambda: not _is_alive(pid), 30)
    assert not _is_alive(pid)


def _wait(done: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not done():
        time.sleep(0.1)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGCONT)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return bool(state.strip()) and not state.startswith("Z")


def convert_in_child(data: bytes) -> list[str]:
    """Runs in the guarded child."""
    return texts(data)


@with_office
def test_several_children_convert_at_once() -> None:
    with GuardedPool(2, allowance=Allowance(wall=120)) as pool:
        futures = [pool.submit(convert_in_child, rtf(f"{SENTENCE} {n}")) for n in range(4)]
        assert [f.result(timeout=200) for f in futures] == [[f"{SENTENCE} {n}"] for n in range(4)]

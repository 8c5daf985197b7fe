"""LibreOffice as a converter: a process that gets one file, a profile of its own and no way out.

Its profile runs no macro, updates no link and follows none; its proxy leads nowhere. It writes below the reader's private
temporary folder, stays in the reader's process group and address-space limit, and dies with it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

from extractors import limits
from extractors.errors import Unreadable
from extractors.readers.progress import tick

#: The command that installs what is needed on Debian and Ubuntu; `soat doctor` names it too.
INSTALL: Final = "apt-get install -y --no-install-recommends libreoffice-writer-nogui fonts-liberation2"
_NAMES: Final = ("soffice", "libreoffice")
_AGAIN: Final = 81  # "start me again": LibreOffice has just made its profile
_STARTS: Final = 3
_LOOK_SECONDS: Final = 0.1
_NOWHERE: Final = "127.0.0.1"
_DISCARD: Final = 9  # the port of the discard service, at which nobody listens
# path below org.openoffice, property, type, value
_SETTINGS: Final = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "int", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "boolean", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "boolean", "true"),
    ("Office.Common/Security/Scripting", "CheckDocumentEvents", "boolean", "true"),
    ("Office.Common/Save/Document", "LoadPrinter", "boolean", "false"),
    ("Office.Common/Misc", "UseLocking", "boolean", "false"),
    ("Office.Writer/Content/Update", "Link", "int", "0"),
    ("Office.Writer/Content/Update", "Field", "boolean", "false"),
    ("Office.Java/VirtualMachine", "Enable", "boolean", "false"),
    ("Inet/Settings", "ooInetProxyType", "int", "2"),
    ("Inet/Settings", "ooInetNoProxy", "string", ""),
    *(("Inet/Settings", f"ooInet{kind}ProxyName", "string", _NOWHERE) for kind in ("HTTP", "HTTPS", "FTP")),
    *(("Inet/Settings", f"ooInet{kind}ProxyPort", "int", str(_DISCARD)) for kind in ("HTTP", "HTTPS", "FTP")),
)


def program() -> str | None:
    """The program to start, or None where LibreOffice is not installed.

    `soffice` is a script around a starter around `soffice.bin`; only the last one is started, so that to kill it is to kill
    all there is.
    """
    for name in _NAMES:
        found = shutil.which(name)
        if found is not None:
            inner = Path(found).resolve().with_name("soffice.bin")
            return str(inner) if inner.is_file() else found
    return None


def convert(data: bytes, suffix: str, target: str = "docx") -> bytes:
    """A file's bytes, `suffix` saying what they are (".doc"), as LibreOffice writes them in the format `target`.

    Raises Unreadable: unsupported (LibreOffice is not installed), corrupt (it cannot read the file), too_large,
    timed_out (after limits.OFFICE_SECONDS), crashed.
    """
    binary = program()
    if binary is None:
        raise Unreadable("unsupported", f"cần LibreOffice: {INSTALL}")
    with tempfile.TemporaryDirectory(prefix="office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _write_profile(folder / "profile")
        source, made = folder / f"report{suffix}", folder / "made" / f"report.{target}"
        source.write_bytes(data)
        options = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [binary, *options, profile, "--convert-to", target, "--outdir", str(made.parent), str(source)]
        code = _run(command, folder)
        if code < 0:
            raise Unreadable("crashed", f"LibreOffice: {signal.Signals(-code).name}")
        if not made.is_file():
            raise Unreadable("corrupt", "LibreOffice không mở được tệp này")
        if made.stat().st_size > limits.MAX_FILE_BYTES:
            raise Unreadable("too_large", f"hơn {limits.MAX_FILE_BYTES // 2**20} MB sau khi chuyển đổi")
        return made.read_bytes()


def _run(command: list[str], folder: Path) -> int:
    """The exit code. The first start only makes the profile and asks for another one."""
    deadline = time.monotonic() + limits.OFFICE_SECONDS
    code = _AGAIN
    for _ in range(_STARTS):
        if code == _AGAIN:
            code = _one_start(command, folder, deadline)
    return code


def _one_start(command: list[str], folder: Path, deadline: float) -> int:
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=folder, env=_environment(folder), stdin=nothing, stdout=nothing, stderr=nothing
    )
    try:
        while True:
            try:
                return process.wait(_LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                tick()
            if time.monotonic() > deadline:
                raise Unreadable("timed_out", f"LibreOffice, quá {limits.OFFICE_SECONDS:g} giây")
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def _environment(folder: Path) -> dict[str, str]:
    """Only what LibreOffice needs: no proxy, session bus or display of the user's."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    home = str(folder)
    return {**kept, "HOME": home, "TMPDIR": home, "TMP": home, "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse" oor:type="xs:{kind}">'
        f"<value>{value}</value></prop></item>"
        for path, name, kind, value in _SETTINGS
    )
    spaces = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items {spaces}>{items}</oor:items>', encoding="utf-8"
    )

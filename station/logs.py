"""The log file of a station: bounded, and without a secret in it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from station.faults import FolderForbidden

if TYPE_CHECKING:
    from pydantic import SecretStr

FILE = "station.log"
MAX_BYTES = 5_000_000
KEPT = 5

# an attestation token by its fixed beginning, and whatever stands behind a bearer word
_SECRETS = re.compile(r"2dn3hQFQ[\w.-]*|(?<=bearer)[:=]?\s+\S+", re.IGNORECASE)


_known: set[str] = set()


class _BlackOut(logging.Formatter):
    """Blacks secrets out of the whole text, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for value in _known:
            text = text.replace(value, "•••")
        return _SECRETS.sub(" •••", text)


class _File(RotatingFileHandler):
    """A log that can't be written is no reason to stop, nor to tell the screen what it held."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        pass


def hiding(secret: Callable[[str], SecretStr]) -> Callable[[str], SecretStr]:
    """Return `secret`, such that no log will show what it has returned."""

    def told(name: str) -> SecretStr:
        value = secret(name)
        _known.add(value.get_secret_value())
        return value

    return told


def begin(data_dir: Path) -> None:
    """Log to a file in `data_dir` from now on.

    Raises:
        FolderForbidden: it can't be written.

    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        handler = _File(data_dir / FILE, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
    except OSError as exc:
        raise FolderForbidden(f"{data_dir}: {exc.strerror}") from None
    handler.setFormatter(_BlackOut("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)

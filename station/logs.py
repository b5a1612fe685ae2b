"""The log file of a station: bounded, and without a secret in it."""

from __future__ import annotations

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

FILE = "station.log"
MAX_BYTES = 5_000_000
KEPT = 5

# an attestation token by its fixed beginning, and whatever stands behind a bearer word
_SECRETS = re.compile(r"2dn3hQFQ[\w.-]+|(?<=[Bb]earer )\S+")


class _BlackOut(logging.Formatter):
    """Blacks secrets out of the whole text, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRETS.sub("•••", super().format(record))


def begin(data_dir: Path) -> None:
    """Log to a file in `data_dir` from now on."""
    data_dir.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        data_dir / FILE, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(_BlackOut("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)

"""The numbers with which an nRF91 modem says no."""

from __future__ import annotations

UNKNOWN_COMMAND = 0
WRONG_PARAMETERS = 50
NOT_FOUND = 513
NO_ACCESS = 514
MEMORY_FULL = 515
NOT_WHILE_ACTIVE = 518
ALREADY_EXISTS = 519
KEY_GENERATION_FAILED = 523
INVALID_CONTENT = 527


class CmeError(Exception):
    """The modem says no; `code` is shown only after AT+CMEE=1."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code

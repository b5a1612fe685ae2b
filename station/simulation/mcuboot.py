"""MCUboot's two slots: the image that runs, the one that may run next, and what a restart makes of it.

After MCUboot's own description of its image format and of its swaps.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass

MAGIC, HEADER_BYTES = 0x96F3_B83D, 32
SLOT_BYTES = 256 * 1024

_HEADER = struct.Struct("<IIHHIIBBHII")
_TRAILER_MAGIC, _SHA256 = 0x6907, 0x10


def mcuboot_image(body: bytes, version: tuple[int, int, int] = (1, 0, 0)) -> bytes:
    """Return `body` as an image with its header and the digest of both; it bears no signature."""
    major, minor, revision = version
    header = _HEADER.pack(
        MAGIC, 0, HEADER_BYTES, 0, len(body), 0, major, minor, revision, 0, 0
    ).ljust(HEADER_BYTES, b"\0")
    digest = hashlib.sha256(header + body).digest()
    trailer = struct.pack("<BBH", _SHA256, 0, len(digest)) + digest
    return header + body + struct.pack("<HH", _TRAILER_MAGIC, len(trailer) + 4) + trailer


@dataclass(frozen=True, slots=True)
class Stored:
    """What stands in a slot, as its own header and trailer tell."""

    content: bytes

    @property
    def is_image(self) -> bool:
        """Whether it begins as an image does."""
        return len(self.content) >= HEADER_BYTES and self._header[0] == MAGIC

    @property
    def version(self) -> str:
        """Its version, as a server writes it."""
        return ".".join(str(number) for number in self._header[6:9])

    @property
    def digest(self) -> bytes:
        """The digest that its trailer tells."""
        return self.content[self._size + 8 :][:32]

    @property
    def is_whole(self) -> bool:
        """Whether the digest is that of what stands there."""
        return hashlib.sha256(self.content[: self._size]).digest() == self.digest

    @property
    def _header(self) -> tuple[int, ...]:
        return _HEADER.unpack_from(self.content)

    @property
    def _size(self) -> int:
        return self._header[2] + self._header[4]


@dataclass
class Slots:
    """Both slots of a board.

    `is_pending`: the other image is to run after the next restart. `is_confirmed`: what runs stays.
    An image that `crashes` does not get to confirm itself: the one before comes back.
    """

    running: Stored
    other: Stored | None = None
    is_pending: bool = False
    is_confirmed: bool = True

    def restart(self, *, trusts: bool = True, crashes: bool = False) -> None:
        """Do what the boot loader does; it `trusts` the signature of the other image, or erases it."""
        if self.is_pending and self.other:
            self.is_pending = False
            if not (trusts and self.other.is_whole):
                self.other = None
                return
            self._swap()
            self.is_confirmed = False
            if not crashes:
                return
        if not self.is_confirmed and self.other:
            self._swap()
            self.is_confirmed = True

    def _swap(self) -> None:
        assert self.other is not None  # noqa: S101 - looked at before
        self.running, self.other = self.other, self.running

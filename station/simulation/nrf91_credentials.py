"""The credential store of a simulated nRF91 modem. It outlives restarts; private keys really exist."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from station.simulation.cme import (
    ALREADY_EXISTS,
    INVALID_CONTENT,
    MEMORY_FULL,
    NO_ACCESS,
    NOT_FOUND,
    WRONG_PARAMETERS,
    CmeError,
)
from station.simulation.nrf91_unit import drawn

ROOT_CA, CLIENT_CERTIFICATE, CLIENT_KEY, PSK, PSK_IDENTITY = range(5)
FIRST_OF_THE_MODEM = 2**31
_KINDS = range(12)
_WRITABLE = frozenset({ROOT_CA, CLIENT_CERTIFICATE, CLIENT_KEY, PSK, PSK_IDENTITY, 5})
_UNREADABLE = frozenset({CLIENT_KEY, PSK, 8, 9})
_PEM = frozenset({ROOT_CA, CLIENT_CERTIFICATE, CLIENT_KEY})
# A Nordic public key, Nordic's root and the device's own public key, as every modem lists them.
_OF_THE_MODEM = ((4294967292, 11), (4294967293, 10), (4294967294, 6))
_LONE_LF = re.compile(rb"(?<!\r)\n")


class Credentials:
    """What is stored, by security tag and type. `room_bytes` is what the contents may add up to."""

    def __init__(self, number: int, room_bytes: int = 65_536) -> None:
        self._room_bytes = room_bytes
        self._held = {
            (tag, kind): drawn(f"credential {tag}", number, 91) for tag, kind in _OF_THE_MODEM
        }

    def listed(self) -> Iterator[tuple[int, int, str]]:
        """Yield tag, type and the SHA-256 in upper-case hex of everything, in order."""
        for (tag, kind), content in sorted(self._held.items()):
            yield tag, kind, hashlib.sha256(content).hexdigest().upper()

    def holds(self, tag: int, kind: int) -> bool:
        """Tell whether there is something of this type in `tag`."""
        return (tag, kind) in self._held

    def write(self, tag: int, kind: int, text: str) -> None:
        """Store `text`; lone line feeds become CR LF. A certificate is replaced, a key is not.

        Raises:
            CmeError: 514 not for the host to write, 515 no room, 519 a key is there, 527 nonsense.

        """
        _check(kind)
        if kind not in _WRITABLE or tag >= FIRST_OF_THE_MODEM:
            raise CmeError(NO_ACCESS)
        if kind in {CLIENT_KEY, PSK} and self.holds(tag, kind):
            raise CmeError(ALREADY_EXISTS)
        if not _is_content(kind, text):
            raise CmeError(INVALID_CONTENT)
        self._keep(tag, kind, _LONE_LF.sub(b"\r\n", text.encode("latin-1")))

    def read(self, tag: int, kind: int) -> str:
        """Return what is stored.

        Raises:
            CmeError: 513 nothing there, 514 it never leaves the modem.

        """
        _check(kind)
        if not self.holds(tag, kind):
            raise CmeError(NOT_FOUND)
        if kind in _UNREADABLE or tag >= FIRST_OF_THE_MODEM:
            raise CmeError(NO_ACCESS)
        return self._held[tag, kind].decode("latin-1")

    def delete(self, tag: int, kind: int) -> None:
        """Forget what is stored.

        Raises:
            CmeError: 513 nothing there, 514 it is the modem's own.

        """
        _check(kind)
        if tag >= FIRST_OF_THE_MODEM:
            raise CmeError(NO_ACCESS)
        if not self.holds(tag, kind):
            raise CmeError(NOT_FOUND)
        del self._held[tag, kind]

    def erase(self) -> None:
        """Forget all that is not the modem's own."""
        self._held = {at: c for at, c in self._held.items() if at[0] >= FIRST_OF_THE_MODEM}

    def new_key(self, tag: int, kind: int) -> ec.EllipticCurvePrivateKey:
        """Make a private key and keep it.

        Raises:
            CmeError: 514 the tag is the modem's own, 515 no room, 519 the tag has a key.

        """
        if tag >= FIRST_OF_THE_MODEM:
            raise CmeError(NO_ACCESS)
        if self.holds(tag, kind):
            raise CmeError(ALREADY_EXISTS)
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        self._keep(tag, kind, pem)
        return key

    def key(self, tag: int, kind: int = CLIENT_KEY) -> ec.EllipticCurvePrivateKey | None:
        """Return the private key in `tag`; None if there is none that can sign."""
        try:
            key = load_pem_private_key(self._held.get((tag, kind), b""), None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            return None
        return key if isinstance(key, ec.EllipticCurvePrivateKey) else None

    def _keep(self, tag: int, kind: int, content: bytes) -> None:
        others = sum(len(c) for at, c in self._held.items() if at != (tag, kind))
        if others + len(content) > self._room_bytes:
            raise CmeError(MEMORY_FULL)
        self._held[tag, kind] = content


def _check(kind: int) -> None:
    if kind not in _KINDS:
        raise CmeError(WRONG_PARAMETERS)


def _is_content(kind: int, text: str) -> bool:
    if kind in _PEM:
        return re.match(r"\s*-----BEGIN [A-Z0-9 ]+-----\r?\n", text) is not None
    if kind == PSK:
        return re.fullmatch(r"(?:[0-9A-Fa-f]{2})+", text) is not None
    return bool(text)

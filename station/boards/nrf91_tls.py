"""Firmware without a modem: credentials by the words of two Zephyr shells, `cred` and `nrf_cloud_cred`.

Such a board has neither an IMEI nor an attestation token. It is known by the name that its firmware
puts into a certificate request: the very name that it will connect with.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from typing import TypeVar

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_der_x509_csr

from station.boards.nrf91_asked import KIND
from station.boards.nrf91_refusals import CommandMissing, name_of
from station.boards.nrf91_talk import Talk
from station.faults import (
    AnswerBroken,
    BoardFault,
    BoardRefused,
    CredentialExists,
    CredentialLost,
    NotClaimable,
)
from station.model import Credential, CredentialKind, Identity, Proof, SigningRequest
from station.wire import keygen
from station.wire.shell import quoted

_T = TypeVar("_T")

_NAMES = {
    CredentialKind.ROOT_CA: "CA",
    CredentialKind.CLIENT_CERTIFICATE: "SERV",
    CredentialKind.CLIENT_KEY: "PK",
    CredentialKind.PSK: "PSK",
    CredentialKind.PSK_IDENTITY: "PSK_ID",
}
_KINDS = {name: kind for kind, name in _NAMES.items()}

_ROW = re.compile(
    r"(\d{1,10}),(CA|SERV|PK|PK_PSA|PSK|PSK_ID),([A-Za-z0-9+/]{43}=|ERROR|N/A),(-?\d+)"
)
_COUNT = re.compile(r"(\d+) credentials found\.")
_REQUEST = re.compile(r"CSR: ([A-Za-z0-9+/]+={0,2})")
_STORED = re.compile(r"Stored (\d+) bytes\.")
_IDENTITY_TAG = 16842753  # where nRF Cloud's libraries keep the device's key

_PIECE = 48  # characters of base64 a line: it must fit a Zephyr shell's smallest buffer
_TRIES = 3
_WITHIN_S = 5.0
_KEY_WITHIN_S = 60.0


class CredentialShell:
    """A board without a modem: who it is, and what it keeps."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    async def identify(self) -> Identity:
        """As `Board.identify`: `serial` and the id `device_id` are the name in its requests.

        A board that has no key is given one to ask with, which is erased again.
        """
        request = await self._request(_IDENTITY_TAG)
        if request is None:
            request = await self.make_key(_IDENTITY_TAG)
            await self.erase_credential(_IDENTITY_TAG, CredentialKind.CLIENT_KEY)
        name = request.subject
        return Identity(KIND, name, "", "", ids=(("device_id", name),))

    async def prove(self) -> Proof:
        """As `Board.prove`; it can't.

        Raises:
            NotClaimable: always.

        """
        raise NotClaimable("without a modem it has no attestation token; it is registered instead")

    async def close(self) -> None:
        """As `Board.close`: nothing was begun."""

    async def go_offline(self) -> None:
        """As `KeepsCredentials.go_offline`: this store takes what is written at any time."""

    async def go_online(self) -> None:
        """As `KeepsCredentials.go_online`."""

    async def credentials(self, sec_tag: int) -> tuple[Credential, ...]:
        """As `KeepsCredentials.credentials`.

        Digests are SHA-256 in base64: of what was written and the NUL that ends it, or of the
        public half (SubjectPublicKeyInfo) of a key that the board made.
        """
        kept = await self._ask(f"cred list {sec_tag}", lambda lines: _listed(lines, sec_tag))
        request = await self._request(sec_tag)
        if request is None:
            return kept
        key = load_der_x509_csr(request.der).public_key()
        public = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return (*kept, Credential(sec_tag, CredentialKind.CLIENT_KEY, _digest(public)))

    async def make_key(self, sec_tag: int, subject: str = "") -> SigningRequest:
        """As `KeepsCredentials.make_key`."""
        if await self._request(sec_tag) is not None:
            raise CredentialExists(f"a key under security tag {sec_tag}")
        command = f"nrf_cloud_cred keygen {sec_tag}"
        await self._run(command, _KEY_WITHIN_S)
        request = await self._request(sec_tag, subject)
        if request is None:
            raise BoardRefused(f"{command}: there is no key")
        return request

    async def write_credential(self, sec_tag: int, kind: CredentialKind, pem: str) -> None:
        """As `KeepsCredentials.write_credential`; what is there already is not written again."""
        text = pem.strip().encode("ascii") + b"\n"
        digest = _digest(text + b"\0")
        for _ in range(_TRIES):
            if await self._kept_digest(sec_tag, kind) == digest:
                return
            await self._erase(sec_tag, kind)
            try:
                await self._write(sec_tag, kind, base64.b64encode(text).decode())
            except AnswerBroken:
                await self._talk.settle()
        if await self._kept_digest(sec_tag, kind) != digest:
            raise CredentialLost(f"{_NAMES[kind]} under security tag {sec_tag}: another digest")

    async def erase_credential(self, sec_tag: int, kind: CredentialKind) -> None:
        """As `KeepsCredentials.erase_credential`."""
        await self._erase(sec_tag, kind)
        if kind is CredentialKind.CLIENT_KEY and await self._request(sec_tag) is not None:
            command = f"nrf_cloud_cred delete {sec_tag}"
            await self._run(command)
            if await self._request(sec_tag) is not None:
                raise BoardRefused(f"{command}: the key is still there")

    async def _erase(self, sec_tag: int, kind: CredentialKind) -> None:
        command = f"cred del {sec_tag} {_NAMES[kind]}"

        def check(lines: list[str]) -> None:
            if not (_has("Deleted", lines) or _has("There is no", lines)):
                raise AnswerBroken(f"{command}: it does not say that it did")

        await self._ask(command, check)

    async def _write(self, sec_tag: int, kind: CredentialKind, encoded: str) -> None:
        await self._run("cred buf clear")
        for start in range(0, len(encoded), _PIECE):
            piece = encoded[start : start + _PIECE]
            await self._stored(f"cred buf {piece}", len(piece))
        command = f"cred add {sec_tag} {_NAMES[kind]} DEFAULT bint"
        if not _has("Added TLS credential", await self._once(command)):
            raise AnswerBroken(f"{command}: it does not say that it did")

    async def _stored(self, command: str, size: int) -> None:
        lines = await self._once(command)
        if _has("Not enough room", lines):
            raise BoardRefused(
                "its credential buffer is too small (CONFIG_TLS_CREDENTIALS_SHELL_CRED_BUF_SIZE)"
            )
        if [stored[1] for stored in map(_STORED.fullmatch, lines) if stored] != [str(size)]:
            raise AnswerBroken(f"{name_of(command)}: not stored as it was sent")

    async def _kept_digest(self, sec_tag: int, kind: CredentialKind) -> str:
        kept = await self._ask(f"cred list {sec_tag}", lambda lines: _listed(lines, sec_tag))
        return next((each.digest for each in kept if each.kind is kind), "")

    async def _request(self, sec_tag: int, subject: str = "") -> SigningRequest | None:
        """Return a request by the key under `sec_tag`; None when there is no key."""
        words = f" {quoted(f'CN={subject}')}" if subject else ""

        def read(lines: list[str]) -> SigningRequest | None:
            found = [row[1] for row in map(_REQUEST.fullmatch, lines) if row]
            if len(found) == 1:
                return _request_in(found[0], sec_tag, subject)
            if _has("CSR generation failed", lines):
                return None
            if _has("Failed to get device id", lines):
                raise BoardRefused("its firmware has no device id of its own")
            raise AnswerBroken(f"{len(found)} requests in the answer")

        return await self._ask(f"nrf_cloud_cred csr {sec_tag}{words}", read, _KEY_WITHIN_S)

    async def _run(self, command: str, within_s: float = _WITHIN_S) -> list[str]:
        return await self._ask(command, list, within_s)

    async def _ask(
        self, command: str, read: Callable[[list[str]], _T], within_s: float = _WITHIN_S
    ) -> _T:
        for attempts_left in reversed(range(_TRIES)):
            try:
                return read(await self._once(command, within_s))
            except (CommandMissing, BoardRefused):
                raise
            except BoardFault:
                if not attempts_left:
                    raise
                await self._talk.settle()
        raise AssertionError("the last attempt returns or raises")

    async def _once(self, command: str, within_s: float = _WITHIN_S) -> list[str]:
        return await self._talk.run(command, within_s)


def _listed(lines: list[str], sec_tag: int) -> tuple[Credential, ...]:
    counts = [count[1] for count in map(_COUNT.fullmatch, lines) if count]
    rows = [row for row in map(_ROW.fullmatch, lines) if row]
    if counts != [str(len(rows))] or any(int(row[1]) != sec_tag for row in rows):
        raise AnswerBroken("the list of credentials is not complete")
    return tuple(Credential(sec_tag, _KINDS[row[2]], row[3]) for row in rows if row[2] in _KINDS)


def _request_in(encoded: str, sec_tag: int, subject: str) -> SigningRequest:
    try:
        request = keygen.request_in(base64.b64decode(encoded), sec_tag)
    except binascii.Error:
        raise AnswerBroken("cut off: the certificate request") from None
    if subject and request.subject != subject:
        raise AnswerBroken(f"the request is for {request.subject}, not {subject}")
    return request


def _has(words: str, lines: list[str]) -> bool:
    return any(words in line for line in lines)


def _digest(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()

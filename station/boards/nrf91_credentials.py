"""The credentials that an nRF91 modem keeps under security tags."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from station.boards.nrf91_refusals import Refusal
from station.boards.nrf91_talk import Talk
from station.faults import (
    AnswerBroken,
    BoardFault,
    BoardRefused,
    CredentialExists,
    CredentialLost,
    Fault,
)
from station.model import Credential, CredentialKind, SigningRequest
from station.wire import keygen

_T = TypeVar("_T")

LAST_OF_OURS = 2_147_483_647
"""Security tags above this one belong to the modem itself."""

_ROW = re.compile(r'%CMNG: *(\d{1,10}), *(\d{1,2}), *"([0-9A-Fa-f]{64})"')
_LIKE_A_ROW = re.compile(r'NG: *\d|"[0-9A-Fa-f]{32}')
_MODE = re.compile(r"\+CFUN: *(\d{1,2})")
_KEYGEN = re.compile(r'%KEYGEN: *"([^"]*)"')
_SUBJECT = re.compile(r"[A-Za-z0-9:._-]{1,64}")  # what nRF Cloud takes as a device's id
_PEM_LINE = re.compile(r"[ !#-&(-\[\]-~]*")

_NOT_FOUND, _MODEM_ACTIVE, _EXISTS = 513, 518, 519
_ON_AIR, _OFF_AIR = 1, 4
_DEACTIVATED = frozenset({0, 4})  # other modes keep a part of the modem active

_MODE_WITHIN_S = 15.0  # a modem takes leave of its network
_WRITE_WITHIN_S = 15.0
_KEY_WITHIN_S = 60.0
_RESTORE_WITHIN_S = 5.0
_READ_AT_MOST = 3


class ModemStore:
    """Credentials by AT commands. `device_id` returns the modem's UUID, empty if it has none."""

    def __init__(self, talk: Talk, device_id: Callable[[], Awaitable[str]]) -> None:
        self._talk = talk
        self._device_id = device_id
        self._left_the_air = False

    async def restore(self) -> None:
        """Put the modem back on the air if it was taken off it here and left so; never fails."""
        if self._left_the_air:
            with suppress(Fault, TimeoutError):
                async with asyncio.timeout(_RESTORE_WITHIN_S):
                    await self.go_online()

    async def go_offline(self) -> None:
        """As `KeepsCredentials.go_offline`: AT+CFUN=4, unless the modem is deactivated."""
        mode = await self._mode()
        if mode not in _DEACTIVATED:
            self._left_the_air |= mode == _ON_AIR
            await self._talk.do(f"AT+CFUN={_OFF_AIR}", _MODE_WITHIN_S)

    async def go_online(self) -> None:
        """As `KeepsCredentials.go_online`: AT+CFUN=1, unless it is so."""
        if await self._mode() != _ON_AIR:
            await self._talk.do(f"AT+CFUN={_ON_AIR}", _MODE_WITHIN_S)
        self._left_the_air = False

    async def credentials(self, sec_tag: int) -> tuple[Credential, ...]:
        """As `KeepsCredentials.credentials`; digests are SHA-256 in upper-case hex.

        A row has no checksum: what is told twice, the same each time, is believed.
        """
        if sec_tag > LAST_OF_OURS:
            return ()
        told = await self._told(sec_tag)
        for _ in range(_READ_AT_MOST):
            before, told = told, await self._told(sec_tag)
            if told == before:
                return told
        raise AnswerBroken("the list of credentials differs each time")

    async def _told(self, sec_tag: int) -> tuple[Credential, ...]:
        try:
            return await self._talk.ask_all(
                f"AT%CMNG=1,{sec_tag}", lambda lines: _listed(lines, sec_tag)
            )
        except Refusal as refusal:
            if refusal.number == _NOT_FOUND:
                return ()
            raise

    async def make_key(self, sec_tag: int, subject: str = "") -> SigningRequest:
        """As `KeepsCredentials.make_key`.

        A key whose request was lost on the way has no other use: it is erased and made anew, once.

        Raises:
            ValueError: `subject` is no device id.

        """
        _check(sec_tag)
        if subject and not _SUBJECT.fullmatch(subject):
            raise ValueError("a subject is 1 to 64 letters, digits, colons, dots, dashes")
        device_id = await self._device_id()
        if any(each.kind is CredentialKind.CLIENT_KEY for each in await self.credentials(sec_tag)):
            raise CredentialExists(f"a key under security tag {sec_tag}")
        try:
            return await self._new_key(sec_tag, subject, device_id)
        except (BoardRefused, CredentialExists):
            raise
        except BoardFault:
            await self._talk.settle()
            await self.erase_credential(sec_tag, CredentialKind.CLIENT_KEY)
        try:
            return await self._new_key(sec_tag, subject, device_id)
        except (BoardRefused, CredentialExists):
            raise
        except BoardFault:
            with suppress(BoardFault):
                await self.erase_credential(sec_tag, CredentialKind.CLIENT_KEY)
            raise

    async def write_credential(self, sec_tag: int, kind: CredentialKind, pem: str) -> None:
        """As `KeepsCredentials.write_credential`; what is there already is not written again.

        Raises:
            CredentialExists: the modem does not replace what is there.
            BoardRefused: it is longer than the board's console can take.
            ValueError: `pem` is no text of plain lines.

        """
        _check(sec_tag)
        text = "".join(f"{line}\r\n" for line in _lines_of(pem))
        digest = hashlib.sha256(text.encode("ascii")).hexdigest().upper()
        if await self._digest(sec_tag, kind) == digest:
            return
        command = f'AT%CMNG=0,{sec_tag},{int(kind)},"{text}"'
        # A certificate that was garbled on its way is replaced; a key would have to be erased.
        for _ in range(1 if kind is CredentialKind.CLIENT_KEY else 2):
            try:
                await self._deactivated(lambda: self._talk.do(command, _WRITE_WITHIN_S))
            except Refusal as refusal:
                if refusal.number == _EXISTS:
                    raise CredentialExists(f"{_named(kind)} under tag {sec_tag}") from None
                raise
            if await self._holds(sec_tag, kind, digest):
                return
        raise CredentialLost(f"{_named(kind)} under security tag {sec_tag}: another digest")

    async def erase_credential(self, sec_tag: int, kind: CredentialKind) -> None:
        """As `KeepsCredentials.erase_credential`; the modem's own are never touched.

        Raises:
            BoardRefused: the security tag is one of the modem's own.

        """
        _check(sec_tag)
        command = f"AT%CMNG=3,{sec_tag},{int(kind)}"
        try:
            await self._deactivated(lambda: self._talk.do(command, _WRITE_WITHIN_S))
        except Refusal as refusal:
            if refusal.number != _NOT_FOUND:
                raise

    async def _mode(self) -> int:
        return await self._talk.ask("AT+CFUN?", _MODE, int)

    async def _new_key(self, sec_tag: int, subject: str, device_id: str) -> SigningRequest:
        name = f',"CN={subject}"' if subject else ""
        command = f"AT%KEYGEN={sec_tag},{int(CredentialKind.CLIENT_KEY)},0{name}"
        try:
            answer = await self._deactivated(
                lambda: self._talk.ask_once(command, _KEYGEN, _KEY_WITHIN_S)
            )
        except Refusal as refusal:
            if refusal.number == _EXISTS:
                raise CredentialExists(f"a key under security tag {sec_tag}") from None
            raise
        request = keygen.read_request(answer, sec_tag, device_id)
        if subject and request.subject != subject:
            raise AnswerBroken(f"the request is for {request.subject}, not {subject}")
        return request

    async def _digest(self, sec_tag: int, kind: CredentialKind) -> str:
        kept = await self.credentials(sec_tag)
        return next((each.digest for each in kept if each.kind is kind), "")

    async def _holds(self, sec_tag: int, kind: CredentialKind, digest: str) -> bool:
        for _ in range(_READ_AT_MOST):  # one flipped bit in the list must not fail a unit
            if await self._digest(sec_tag, kind) == digest:
                return True
        return False

    async def _deactivated(self, deed: Callable[[], Awaitable[_T]]) -> _T:
        try:
            return await deed()
        except Refusal as refusal:
            if refusal.number != _MODEM_ACTIVE:
                raise
        await self.go_offline()
        return await deed()


def _check(sec_tag: int) -> None:
    if not 0 <= sec_tag <= LAST_OF_OURS:
        raise BoardRefused(f"security tag {sec_tag} belongs to the modem")


def _named(kind: CredentialKind) -> str:
    return kind.name.lower().replace("_", " ")


def _lines_of(pem: str) -> list[str]:
    lines = pem.strip().splitlines()
    if not lines or not all(map(_PEM_LINE.fullmatch, lines)):
        raise ValueError("a credential is text without quotes, backslashes and control characters")
    return lines


def _listed(lines: list[str], sec_tag: int) -> tuple[Credential, ...]:
    rows = [row for row in map(_ROW.fullmatch, lines) if row]
    whole = tuple(row[0] for row in rows)
    # A whole row may also stand after what a restart left of a line.
    if any(_LIKE_A_ROW.search(line) and not line.endswith(whole) for line in lines):
        raise AnswerBroken("a row of the list of credentials is garbled")
    ours = [row for row in rows if int(row[1]) <= LAST_OF_OURS]
    if any(int(row[1]) != sec_tag for row in ours):
        raise AnswerBroken("a row of the list of credentials is of a tag that was not asked for")
    if any(len(row[2]) > 1 for row in ours):  # only the modem's own kinds have two digits
        raise AnswerBroken("a row of the list of credentials is of a kind that we can't have")
    return tuple(
        Credential(sec_tag, CredentialKind(int(row[2])), row[3].upper())
        for row in ours
        if int(row[2]) in set(CredentialKind)
    )

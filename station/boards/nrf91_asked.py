"""Asking an nRF91 modem who it is, and for what proves it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from pydantic import SecretStr

from station.boards.nrf91_talk import Talk
from station.faults import (
    AnswerBroken,
    BoardFault,
    BoardRefused,
    NotClaimable,
    TokenMismatch,
    WrongProduct,
)
from station.model import Identity, Proof
from station.wire import attestation
from station.wire.attestation import Attestation

KIND = "nrf91"

_IMEI = re.compile(r"(\d{15})")
# A name that begins as ours must be whole; any other shows that this is another modem.
_MODEL = re.compile(r"(nRF91\d\d(?:-[A-Z]{4})?|(?!nRF91)[A-Za-z](?=[\w.-]*\d)[\w.-]{2,30})")
_FIRMWARE = re.compile(r"(mfw_[\w.+-]{4,60})")
_HARDWARE = re.compile(r"%HWVERSION: *(\S.{0,40})")
_TOKEN = re.compile(r'%ATTESTTOKEN: *"([^"]*)"')
_ATTEST = "AT%ATTESTTOKEN"

_VERSION = re.compile(r"_(\d+)\.(\d+)\.(\d+)")
_OLDEST_CLAIMABLE = (2, 0, 0)
NRF9160_DEVICE_TYPES = frozenset({1, 2, 3})
_CHALLENGE_BYTES = 16


@dataclass(frozen=True, slots=True)
class _Reading:
    identity: Identity
    attestation: Attestation | None
    """None when the board has no good token; it may be too old for one."""


class Asked:
    """An nRF91 that answers AT commands. `challenge` returns 16 random bytes, new for each call."""

    def __init__(
        self, talk: Talk, models: tuple[str, ...], challenge: Callable[[], bytes] | None = None
    ) -> None:
        self._talk = talk
        self._models = models
        self._challenge = challenge or (lambda: secrets.token_bytes(_CHALLENGE_BYTES))
        self._takes_challenge = True
        self._reading: _Reading | None = None
        self._nonces: set[bytes] = set()

    async def identify(self) -> Identity:
        """As `Board.identify`: `serial` and the id `imei` are the IMEI; `uuid` is only told.

        It comes from the attestation token; a board that has no good token is known by its IMEI
        all the same, and `prove` says what is wrong with it.
        """
        self._reading = await self._read()
        return self._reading.identity

    async def prove(self) -> Proof:
        """As `Board.prove`: an attestation token that holds a fresh challenge.

        A firmware that takes no challenge must come up with a nonce that it has not shown before.
        """
        if self._reading is None:
            self._reading = await self._read()
        known = self._reading.attestation
        if reason := unclaimable(self._reading.identity, known):
            raise NotClaimable(reason)
        if known is None:
            known = await self._first_token()
        token, said = await self._fresh_token(known)
        self._nonces.add(said.nonce)
        told = (
            ("device_type", said.device_type_name),
            ("firmware_uuid", str(said.firmware)),
            ("nonce", said.nonce.hex()),
        )
        return Proof("attestation", "uuid", str(said.device), SecretStr(token), told)

    async def close(self) -> None:
        """As `Board.close`: nothing was begun on the board."""

    async def device_id(self) -> str:
        """Return the UUID that the board told last; empty when it has no good token."""
        if self._reading is None:
            self._reading = await self._read()
        return dict(self._reading.identity.told).get("uuid", "")

    async def _read(self) -> _Reading:
        imei = await self._sure("AT+CGSN", _IMEI, luhn_holds)
        model = await self._sure("AT+CGMM", _MODEL, lambda answer: is_product(answer, self._models))
        if not is_product(model, self._models):
            raise WrongProduct(f"{model}, where {' or '.join(self._models)} is wanted")
        firmware = await self._sure("AT+CGMR", _FIRMWARE, lambda answer: not _too_old(answer))
        identity = Identity(KIND, imei, model, firmware, await self._hardware(), (("imei", imei),))
        try:
            said = await self._first_token()
        except BoardFault:
            return _Reading(identity, None)
        return _Reading(replace(identity, told=(("uuid", str(said.device)),)), said)

    async def _first_token(self) -> Attestation:
        said = await self._talk.ask(_ATTEST, _TOKEN, attestation.read)
        self._nonces.add(said.nonce)
        return said

    async def _sure(
        self, command: str, shape: re.Pattern[str], is_good: Callable[[str], bool]
    ) -> str:
        # One flipped bit must not fail a unit: what would, counts when it is said twice.
        seen: set[str] = set()
        for _ in range(3):
            answer = await self._talk.ask(command, shape, str)
            if is_good(answer) or answer in seen:
                return answer
            seen.add(answer)
        raise AnswerBroken(f"{command}: three answers, all different and none plausible")

    async def _hardware(self) -> str:
        try:
            return await self._talk.ask("AT%HWVERSION", _HARDWARE, str)
        except BoardRefused:
            return ""  # old modem firmware has no such command

    async def _fresh_token(self, known: Attestation) -> tuple[str, Attestation]:
        if self._takes_challenge:
            challenge = self._challenge()
            try:
                return await self._token(
                    f'{_ATTEST}="{challenge.hex()}"', known, lambda nonce: nonce == challenge
                )
            except BoardRefused:
                self._takes_challenge = False
        return await self._token(_ATTEST, known, lambda nonce: nonce not in self._nonces)

    async def _token(
        self, command: str, known: Attestation, is_fresh: Callable[[bytes], bool]
    ) -> tuple[str, Attestation]:
        def read(token: str) -> tuple[str, Attestation]:
            said = attestation.read(token)
            if replace(said, nonce=known.nonce) != known:
                raise TokenMismatch(f"not what the board said before: {_differences(known, said)}")
            if not is_fresh(said.nonce):
                raise TokenMismatch("it was not made for this moment: an old or foreign nonce")
            return token, said

        return await self._talk.ask(command, _TOKEN, read)


def _differences(before: Attestation, now: Attestation) -> str:
    told = {
        "device": (before.device, now.device),
        "device type": (before.device_type, now.device_type),
        "modem firmware": (before.firmware, now.firmware),
    }
    return ", ".join(f"{what} {old} then {new}" for what, (old, new) in told.items() if old != new)


def luhn_holds(imei: str) -> bool:
    """Tell whether the last digit of `imei` is the check digit of the others (3GPP TS 23.003)."""
    digits = [int(digit) for digit in reversed(imei)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_product(model: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether `model` is an nRF91, and one of those `wanted`."""
    ours = model.casefold()
    return ours.startswith("nrf91") and ours.startswith(tuple(map(str.casefold, wanted)))


def unclaimable(identity: Identity, said: Attestation | None) -> str:
    """Return why nRF Cloud would not take the board, empty when it would."""
    device_type = said.device_type if said else None
    if identity.model.startswith("nRF9160") or device_type in NRF9160_DEVICE_TYPES:
        return "an nRF9160 can't be claimed with a token, only an nRF91x1 can"
    return _too_old(identity.firmware)


def _too_old(firmware: str) -> str:
    if "ntn" in firmware:
        return ""  # satellite firmware counts its versions anew, and is new enough
    version = _VERSION.search(firmware)
    if version is None:
        return f"modem firmware {firmware} tells no version"
    if tuple(map(int, version.groups())) < _OLDEST_CLAIMABLE:
        return f"modem firmware {firmware} is older than 2.0.0"
    return ""

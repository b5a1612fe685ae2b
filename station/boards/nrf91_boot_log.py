"""Listening to an nRF91 board that shows its attestation token while it boots."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from pydantic import SecretStr

from station.boards.nrf91_asked import KIND, NRF9160_DEVICE_TYPES, is_product
from station.faults import BoardSilent, NotClaimable, TokenBroken, WrongProduct
from station.links import Link
from station.model import Identity, Proof
from station.wire import attestation
from station.wire.attestation import Attestation
from station.wire.boot_log import BootLog


@dataclass(frozen=True, slots=True)
class _Shown:
    token: SecretStr
    said: Attestation


class Listener:
    """A board that is only listened to: nothing is ever sent."""

    def __init__(self, link: Link, models: tuple[str, ...], within_s: float) -> None:
        self._link = link
        self._models = models
        self._within_s = within_s
        self._shown: _Shown | None = None

    async def identify(self) -> Identity:
        """As `Board.identify`: `serial` is the device's UUID, which is only told.

        Raises:
            BoardSilent: it showed no token in time.
            WrongProduct: the token is of another product.
            LinkLost: the wire went away.

        """
        said = (await self._listen()).said
        model = said.device_type_name.replace(" ", "-")
        known = said.device_type in attestation.DEVICE_TYPES
        if known and not is_product(model, self._models):
            raise WrongProduct(f"{model}, where {' or '.join(self._models)} is wanted")
        uuid = str(said.device)
        return Identity(KIND, uuid, model if known else "", "", told=(("uuid", uuid),))

    async def prove(self) -> Proof:
        """As `Board.prove`: the token that was shown. It was not made for this moment."""
        shown = await self._listen()
        if shown.said.device_type in NRF9160_DEVICE_TYPES:
            raise NotClaimable("an nRF9160 can't be claimed with a token, only an nRF91x1 can")
        told = (
            ("device_type", shown.said.device_type_name),
            ("firmware_uuid", str(shown.said.firmware)),
            ("nonce", shown.said.nonce.hex()),
            ("challenged", "no"),
        )
        return Proof("attestation", "uuid", str(shown.said.device), shown.token, told)

    async def close(self) -> None:
        """As `Board.close`."""

    async def _listen(self) -> _Shown:
        if self._shown is None:
            self._shown = await self._heard()
        return self._shown

    async def _heard(self) -> _Shown:
        log, heard_bytes, spoiled = BootLog(), 0, ""
        try:
            async with asyncio.timeout(self._within_s):
                while True:
                    data = await self._link.receive()
                    heard_bytes += len(data)
                    for token in log.feed(data):
                        try:
                            return _Shown(SecretStr(token), attestation.read(token))
                        except TokenBroken as broken:
                            spoiled = broken.detail
        except TimeoutError:
            if spoiled:
                raise TokenBroken(spoiled) from None
            raise BoardSilent(_nothing(heard_bytes, self._within_s)) from None


def _nothing(heard_bytes: int, within_s: float) -> str:
    if not heard_bytes:
        return f"not one byte in {within_s:g} s"
    return (
        f"it sent {heard_bytes} bytes but showed no attestation token in {within_s:g} s: "
        "no network, claimed already, or firmware that does not show one"
    )

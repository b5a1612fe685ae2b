"""The sketch of Provisioning 1.0 for secure elements: commands in frames, each with an answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from station.faults import (
    AnswerBroken,
    BoardFault,
    BoardRefused,
    BoardSilent,
    CredentialLost,
    SketchMissing,
)
from station.links import LineSettings, Link
from station.model import Certificate, SigningRequest
from station.wire.arduino_legacy import (
    Answer,
    LegacyCommand,
    answer,
    legacy,
    signing_request,
    storage,
)
from station.wire.frames import Broken, FrameReader

LINE: Final = LineSettings(baud=57_600)

SENT_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class CryptoPatience:
    """How long the sketch is waited for, in seconds: a key, or a certificate, takes it seconds."""

    greet_every_s: float = 1.0
    quiet_for_s: float = 0.1
    answer_within_s: float = 3.0
    work_within_s: float = 15.0


_SLOW: Final = frozenset({LegacyCommand.CSR, LegacyCommand.END_STORAGE, LegacyCommand.RECONSTRUCT})


class CryptoSketch:
    """A `TakesCertificate`. Every answer is read before the next command is sent."""

    def __init__(self, link: Link, patience: CryptoPatience) -> None:
        self._link = link
        self._patience = patience
        self._reader = FrameReader()

    async def await_sketch(self, within_s: float) -> None:
        """As `TakesCertificate.await_sketch`."""
        try:
            async with asyncio.timeout(within_s):
                await self._settle()
                while not await self._is_there():
                    pass
        except TimeoutError:
            raise SketchMissing(f"no answer at {LINE.baud} baud in {within_s:g} s") from None
        await self._settle()  # one that was asked while it started answers each time

    async def request_certificate(self, device_id: str) -> SigningRequest:
        """As `TakesCertificate.request_certificate`."""
        said = await self._ask(LegacyCommand.CSR, device_id.encode("ascii"))
        if not isinstance(said, bytes):
            raise BoardRefused(f"{said.name} where a certificate request was due")
        return signing_request(said, device_id)

    async def store_certificate(self, certificate: Certificate) -> None:
        """As `TakesCertificate.store_certificate`."""
        try:
            commands = storage(certificate)
        except ValueError as error:
            raise CredentialLost(str(error)) from None
        for command, argument in commands:
            said = await self._ask(command, argument)
            if said is not Answer.ACK:
                what = said.name if isinstance(said, Answer) else f"{len(said)} bytes"
                raise CredentialLost(f"{what} to {command.name}")

    async def _is_there(self) -> bool:
        await self._link.send(legacy(LegacyCommand.SKETCH_INFO))
        try:
            return await self._answer(Answer, self._patience.greet_every_s) is Answer.ACK
        except BoardSilent:
            return False

    async def _ask(self, command: LegacyCommand, argument: bytes = b"") -> Answer | bytes:
        """Return what is said to `command`, which is sent again where that is no good.

        Raises:
            BoardSilent: nothing is said.
            AnswerBroken: it is not understood.

        """
        frame = legacy(command, argument)
        shape = bytes if command is LegacyCommand.CSR else Answer
        within_s = (
            self._patience.work_within_s if command in _SLOW else self._patience.answer_within_s
        )
        fault: BoardFault = AnswerBroken(f"{command.name} was not understood")
        errors = 0
        for _ in range(SENT_AT_MOST):
            await self._link.send(frame)
            try:
                said = await self._answer(shape, within_s)
            except BoardSilent as silent:
                fault = silent
                continue
            errors += said is Answer.ERROR
            if said is Answer.ACK or isinstance(said, bytes) or errors > 1:
                return said
            await self._settle()
        raise fault

    async def _answer(self, shape: type[Answer | bytes], within_s: float) -> Answer | bytes:
        """Return what is said next; what is good, but not of the `shape` that is due, is late."""
        try:
            async with asyncio.timeout(within_s):
                while True:
                    for found in self._reader.feed(await self._link.receive()):
                        said = Answer.NACK if isinstance(found, Broken) else answer(found)
                        if isinstance(said, shape) or said in {Answer.NACK, Answer.ERROR}:
                            return said
        except TimeoutError:
            if self._reader.give_up():
                return Answer.NACK
            raise BoardSilent(f"no answer in {within_s:g} s") from None

    async def _settle(self) -> None:
        """Throw away what comes until it is quiet: the answer to come must be that to the question."""
        try:
            while True:
                async with asyncio.timeout(self._patience.quiet_for_s):
                    await self._link.receive()
        except TimeoutError:
            self._reader.reset()

"""What a sketch of Provisioning 2.0 is asked: the networks it hears, who it is, what it shall join."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

from station.boards.arduino_answers import (
    Credentials,
    Greeting,
    Lacks,
    answer,
    erased,
    joining,
)
from station.boards.arduino_talk import Patience, Talk
from station.faults import (
    BoardFault,
    BoardSilent,
    BoardWedged,
    HardwareBroken,
    NetworkRefused,
    SketchMissing,
)
from station.model import AccessPoint, Connection, Identity, Network, Proof, Unit
from station.wire import arduino, board_token
from station.wire.arduino import (
    BluetoothAddress,
    BoardToken,
    Command,
    HardwareId,
    LibraryVersion,
    Message,
    NetworksHeard,
    PublicKey,
    SketchVersion,
    StatusCode,
    WifiFirmware,
    says,
)

KIND = "arduino"
USB_SERIAL, BLE_MAC, UHWID = "usb serial", "ble mac", "uhwid"

_T = TypeVar("_T")

_SCAN: Final = arduino.command(Command.SCAN)
_CONNECT: Final = arduino.command(Command.CONNECT)

_MODEMS: Final = frozenset(
    {Connection.GSM, Connection.NB_IOT, Connection.CAT_M1, Connection.CELLULAR}
)


class ConfigSketch:
    """A `TakesNetwork` that also says who it is, and proves it.

    `clock` returns Unix seconds: what it says goes into the board's token. `unit` is asked for what
    the board's marks say that it is; `label` is the address that it tells of itself on the air.
    """

    def __init__(
        self,
        talk: Talk,
        unit: Callable[[], Unit],
        label: str,
        clock: Callable[[], float],
        patience: Patience,
    ) -> None:
        self._talk = talk
        self._unit = unit
        self._label = label
        self._clock = clock
        self._patience = patience
        self._in_session = False
        self._was_called = False
        self._was_met = False
        self._sketch: str | None = None
        self._mac: str | None = None

    @property
    def in_session(self) -> bool:
        """Whether the board waits for what it is told next."""
        return self._in_session

    @property
    def may_wait(self) -> bool:
        """Whether the board may wait for more: it was called, and may have heard it in silence."""
        return self._in_session or self._was_called

    async def greet(self, within_s: float) -> tuple[AccessPoint, ...]:
        """As `TakesNetwork.greet`."""
        self._sketch = None
        if self._talk.is_radio and self._was_met:
            return await self._scan()
        heard = Greeting()
        networks = await self._networks(heard, within_s)
        if not networks and heard.radio_fault and not self._has_modem:
            raise HardwareBroken(says(heard.radio_fault))
        if networks is None:
            raise self._unheard(heard, within_s)
        self._in_session = self._was_met = True
        return networks

    async def sketch_version(self) -> str:
        """As `TakesNetwork.sketch_version`."""
        if self._sketch is None:
            try:
                told = await self._ask(SketchVersion, Command.GET_SKETCH_VERSION)
            except BoardSilent as fault:
                raise SketchMissing(f"{fault.detail}: it does not tell its version") from fault
            self._sketch = told.version
        return self._sketch

    async def library_version(self) -> str:
        """As `TakesNetwork.library_version`."""
        return (await self._ask(LibraryVersion, Command.GET_LIBRARY_VERSION)).version

    async def wifi_firmware(self) -> str:
        """As `TakesNetwork.wifi_firmware`."""
        try:
            return (await self._ask(WifiFirmware, Command.GET_WIFI_FW)).version
        except SketchMissing:
            return ""  # a board without Wi-Fi has no handler for it

    async def identify(self) -> Identity:
        """As `Board.identify`: by its USB serial number and the address of its Bluetooth."""
        unit = self._unit()
        await self._meet()
        mac = ""
        try:
            firmware = await self.sketch_version()
            mac = await self._address()
        except SketchMissing:
            firmware = f"library {await self.library_version()}"
        mac = mac or self._label
        named = ((USB_SERIAL, unit.usb_serial), (BLE_MAC, mac))
        ids = tuple((name, value) for name, value in named if value)
        return Identity(
            KIND,
            unit.usb_serial or mac,
            unit.hardware.title,
            firmware,
            unit.hardware.fqbn,
            ids,
        )

    async def prove(self) -> Proof:
        """As `Board.prove`: a token that was made at the time which the board was told.

        Raises:
            SketchMissing: it does not run the provisioning sketch.

        """
        await self._meet()
        issued_at, (public_key, hardware_id, token) = await self._credentials()
        board_token.verify(token.text, hardware_id.hex, issued_at, public_key.pem)
        told = (("public key", public_key.pem), (BLE_MAC, await self._address()))
        return Proof("arduino board token", UHWID, hardware_id.hex, token.text, told)

    async def forget(self) -> None:
        """As `TakesNetwork.forget`."""
        await self._meet()
        await self._talk.ask(erased, arduino.command(Command.RESET))

    async def join(self, network: Network, within_s: float) -> None:
        """As `TakesNetwork.join`."""
        try:
            settings = arduino.network(network)
        except ValueError as error:
            raise NetworkRefused(str(error)) from None
        await self._meet()
        await self._join_within(within_s, (settings, _CONNECT), network.connection)

    async def rejoin(self, within_s: float) -> None:
        """As `TakesNetwork.rejoin`: CONNECT alone tries what is stored."""
        await self._meet()
        connection = self._unit().hardware.connections[0]
        try:
            await self._join_within(within_s, (_CONNECT,), connection)
        except Lacks:
            raise NetworkRefused("it keeps no network") from None

    async def keeps_network(self) -> bool:
        """As `TakesNetwork.keeps_network`: CONNECT alone is refused where there is nothing to join."""
        await self._meet()
        connection = self._unit().hardware.connections[0]
        try:
            await self._talk.ask(joining(connection), _CONNECT)
        except Lacks:
            return False
        except NetworkRefused:
            return True
        return True

    async def _join_within(
        self, within_s: float, frames: tuple[bytes, ...], connection: Connection
    ) -> None:
        try:
            async with asyncio.timeout(within_s):
                await self._join(frames, connection)
        except TimeoutError:
            raise NetworkRefused(f"nothing came of it in {within_s:g} s") from None

    async def await_restart(self) -> None:
        """Wait until the board has been restarted behind its bridge, and greet it.

        Raises:
            LinkLost: it was restarted, and its port went with it.

        """
        await self._meet()
        # What is open ignores CONNECT; what has restarted knows nothing else.
        while await self._answers() or not await self._begins_anew():
            pass

    async def part(self) -> None:
        """As `TakesNetwork.part`."""
        self._in_session = self._was_called = False
        await self._talk.part()

    async def _answers(self) -> bool:
        await self._talk.poke(arduino.command(Command.GET_LIBRARY_VERSION))
        every_s = self._patience.knock_every_s
        if await self._talk.listen(answer(LibraryVersion), every_s) is None:
            return False
        await self._talk.listen(_nothing, every_s)
        return True

    async def _begins_anew(self) -> bool:
        if not self._talk.is_radio:
            await self._talk.knock()
        heard = await self._talk.listen(answer(NetworksHeard), self._patience.knock_every_s)
        return heard is not None

    async def _meet(self) -> None:
        if not self._in_session:
            await self.greet(self._patience.greet_within_s)

    async def _networks(self, heard: Greeting, within_s: float) -> tuple[AccessPoint, ...] | None:
        clock = asyncio.get_running_loop().time
        ends_s = clock() + within_s
        if not self._talk.is_radio:
            await self._talk.hang_up()
        while (left_s := ends_s - clock()) > 0:
            if not self._talk.is_radio:
                self._was_called = True
                await self._talk.knock()
            found = await self._talk.listen(heard.take, min(left_s, self._patience.knock_every_s))
            if found is not None:
                return found
        return None

    def _unheard(self, heard: Greeting, within_s: float) -> BoardFault:
        if heard.statuses:
            return SketchMissing(f"it told no networks in {within_s:g} s")
        if self._talk.is_alive:
            return BoardWedged(f"it speaks, but hears nothing in {within_s:g} s")
        return SketchMissing(f"nothing of the protocol in {within_s:g} s")

    async def _scan(self) -> tuple[AccessPoint, ...]:
        # Over the air the list comes by itself only once, after the subscription.
        try:
            return (await self._talk.ask(answer(NetworksHeard), _SCAN)).networks
        except SketchMissing:
            return ()  # a board without Wi-Fi has no handler for it

    @property
    def _has_modem(self) -> bool:
        # A modem's bad settings are told as a broken radio, and remembered from before.
        return not _MODEMS.isdisjoint(self._unit().hardware.connections)

    async def _ask(self, shape: type[_T], command: Command) -> _T:
        await self._meet()
        return await self._talk.ask(answer(shape), arduino.command(command))

    async def _address(self) -> str:
        if self._mac is None:
            self._mac = (await self._ask(BluetoothAddress, Command.GET_BLE_MAC)).text
        return self._mac

    async def _credentials(self) -> tuple[int, tuple[PublicKey, HardwareId, BoardToken]]:
        with suppress(Lacks):
            return await self._credentials_at(int(self._clock()))
        return await self._credentials_at(int(self._clock()))

    async def _credentials_at(
        self, now: int
    ) -> tuple[int, tuple[PublicKey, HardwareId, BoardToken]]:
        frames = (arduino.timestamp(now), arduino.command(Command.GET_ID))
        return now, await self._talk.ask(Credentials().take, *frames)

    async def _join(self, frames: tuple[bytes, ...], connection: Connection) -> None:
        take = joining(connection)
        try:
            begun = await self._talk.ask(take, *frames)
        except Lacks:
            begun = await self._talk.ask(take, *frames)
        while begun is not StatusCode.CONNECTED:
            begun = await self._talk.listen(take, self._patience.busy_within_s) or begun


def _nothing(message: Message) -> None:
    """Wait for no message: time passes, and what comes is read."""

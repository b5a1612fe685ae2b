"""The sketches of Provisioning 2.0: one loop that hears its host and does what it is asked."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from station.links import Link
from station.simulation import sketches
from station.simulation.arduino_agents import Agent, SerialAgent
from station.simulation.arduino_frames import (
    CONNECT,
    CONTROL,
    DATA,
    DISCONNECT,
    NACK,
    Frame,
    Garbled,
    Receiver,
)
from station.simulation.arduino_networking import Body, Networking
from station.simulation.arduino_requests import Requests
from station.simulation.arduino_talk import Talk
from station.simulation.arduino_unit import START_BLE
from station.simulation.uart import Uart


class ConfigSketch:
    """One start of the sketch `name`, PROVISIONING or CLOUD, from its boot to its end.

    `live` is the life of it; `run` lends it a wire. `is_stuck`: the receiver hangs from the start.
    """

    def __init__(self, body: Body, name: str, version: str, *, is_stuck: bool = False) -> None:
        self._body = body
        self._is_provisioning = name == sketches.PROVISIONING
        self._woken = body.bluetooth.woken
        self._serial = SerialAgent(self._woken, bridged=body.unit.product.bridged)
        self._receiver = Receiver(body.timing.gap_s, is_stuck=is_stuck)
        self._talk = Talk(self._serial, body.timing, body.faults, body.pull_out)
        self._net = Networking(body)
        requester = version if self._is_provisioning else None
        self._requests = Requests(body, self._talk, self._net, requester, self._dismiss)
        self._wants_ble = False

    async def run(self, link: Link) -> None:
        """Have somebody at the serial port.

        Raises:
            LinkLost: they are gone.

        """
        wire = Uart(link, self._body.timing.baud if self._body.unit.product.bridged else None)
        self._serial.opened(wire)
        try:
            while True:
                self._serial.feed(await wire.receive())
        finally:
            self._serial.closed()

    async def live(self) -> None:
        """Be the sketch, from its start until it is cancelled."""
        await asyncio.sleep(self._body.timing.boot_s)
        starts_ble = self._body.unit.store.pop(START_BLE, None) is not None
        self._wants_ble = self._body.unit.product.has_ble and (self._is_provisioning or starts_ble)
        await self._talk.log("started")
        await self._net.scan()
        while True:
            await self._meet()
            await self._turn()
            await self._pause()

    async def _turn(self) -> None:
        if self._requests.owes_list:
            await self._requests.pay_list()
        if not self._requests.owes_list:
            await self._listen()
            await self._requests.work()
        await self._net.scan_if_due()

    async def _pause(self) -> None:
        """Wait until there is something to do."""
        if not self._requests.has_work:
            idle_s = self._net.idle_s(is_alone=self._talk.agent is None)
            with suppress(TimeoutError):
                async with asyncio.timeout(idle_s):
                    await self._woken.wait()
        self._woken.clear()
        await asyncio.sleep(self._body.timing.loop_s)

    # Who talks

    async def _meet(self) -> None:
        """See who has come and who has left."""
        agent, bluetooth = self._talk.agent, self._body.bluetooth
        if agent is bluetooth and not bluetooth.is_session:
            self._part()
            self._wants_ble = self._wants_ble and self._is_provisioning
        elif agent is self._serial and not self._serial.is_session:
            self._part()
        if self._talk.agent is None and bluetooth.is_session:
            await self._greet(bluetooth)
        bluetooth.switch(on=self._wants_ble and self._talk.agent is not self._serial)

    async def _greet(self, agent: Agent) -> None:
        self._talk.agent = agent
        await self._talk.log(f"{agent.name}: connected")
        await self._requests.greet()

    def _part(self) -> None:
        self._talk.agent = None
        self._serial.is_session = False
        self._requests.forget()
        self._woken.set()

    async def _dismiss(self) -> None:
        """End the conversation from the board's side: all is done."""
        self._wants_ble = False
        if self._talk.agent is self._serial:
            await self._talk.control(DISCONNECT)
        await self._body.bluetooth.end()
        self._part()

    # What is heard

    async def _listen(self) -> None:
        agent = self._talk.agent
        if agent is None:
            await self._await_connect()
            return
        now = asyncio.get_running_loop().time()
        for byte in agent.read():
            try:
                frame = self._receiver.take(byte, now)
            except Garbled:
                await self._talk.refuse()
                return
            if frame is not None and not await self._heard(frame):
                return

    async def _await_connect(self) -> None:
        now = asyncio.get_running_loop().time()
        for byte in self._serial.read():
            try:
                frame = self._receiver.take(byte, now)
            except Garbled:
                return
            if frame == Frame(CONTROL, CONNECT):
                self._serial.is_session = True
                self._body.bluetooth.switch(on=False)
                await self._greet(self._serial)
                return

    async def _heard(self, frame: Frame) -> bool:
        """Act on a frame; False when it ends the conversation."""
        if frame.kind == DATA:
            self._talk.forget()
            await self._requests.take(frame.payload)
        elif frame.payload == NACK:
            await self._talk.resend()
        elif frame.payload == DISCONNECT and self._talk.agent is self._serial:
            self._part()
            return False
        return True

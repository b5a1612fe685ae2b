"""A simulated nRF91 on the air: it fetches what waits for it, carries it out, and connects."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress

from station.simulation.air import Air, Message, NoCoverage
from station.simulation.nrf91_faults import Timing
from station.simulation.nrf91_firmware import Firmware
from station.simulation.nrf91_login import NotReady, login
from station.simulation.nrf91_modem import Modem
from station.simulation.nrf91_orders import MAKE_KEYS, Unable, carry_out
from station.simulation.zephyr import entry

_MAX_RETRY_S = 3600.0


class Radio:
    """The connected half of a board's application. Without `air` there is nobody to talk to.

    It lives on while the board's wire is unplugged, as a board with a battery does, until `off`.
    It connects as `client_id` with the credentials in `tag`. `log` takes what it writes meanwhile.
    `connected` is set while the cloud has accepted it; `config` holds the settings it was sent.
    """

    def __init__(
        self,
        modem: Modem,
        firmware: Firmware,
        air: Air | None,
        timing: Timing,
        *,
        client_id: str,
        tag: int,
        log: Callable[[bytes], None],
    ) -> None:
        self._modem = modem
        self._firmware = firmware
        self._air = air if firmware.provisions else None
        self._timing = timing
        self._client_id = client_id
        self._tag = tag
        self._write = log
        self._life: asyncio.Task[None] | None = None
        self._busy = False
        self._began_s: float | None = None
        self.config: dict[str, str] = {}
        self.connected = asyncio.Event()
        modem.mode_changed = self._mode_changed

    def boot(self) -> None:
        """Attach to the network and ask for commands, unless the modem is off."""
        if self._air is not None and self._modem.mode == 1:
            self.off()
            self._begin(self._session())

    def off(self) -> None:
        """Fall silent."""
        self.connected.clear()
        self._busy = False
        if self._life is not None:
            self._life.cancel()
            self._life = None

    def provision(self) -> None:
        """Ask the cloud for commands; nothing new while that is being done, or without network."""
        if self._air is None or self._modem.mode != 1 or self._busy:
            return
        if not self._firmware.version:
            self._log("inf", "nrf_provisioning: Externally initiated provisioning")
        self.off()
        self._begin(self._rounds())

    def poll_shadow(self) -> None:
        """Look what the cloud desires; only a device that is connected can."""
        if self.connected.is_set() and not self._busy:
            if self._life is not None:
                self._life.cancel()
            self._begin(self._look())

    def connect(self) -> None:
        """Go on the network."""
        self._modem.mode = 1
        self._mode_changed()

    def disconnect(self) -> None:
        """Leave the network."""
        self._modem.mode = 4
        self._mode_changed()

    def _mode_changed(self) -> None:
        if self._modem.mode == 1:
            if self._life is None:
                self.boot()
        elif self._air is not None:
            self.off()
            self._log("wrn", "network: PDN connection network detached")

    def _begin(self, life: Coroutine[None, None, None]) -> None:
        loop = asyncio.get_running_loop()
        if self._began_s is None:
            self._began_s = loop.time()
        self._life = loop.create_task(life)

    async def _session(self) -> None:
        await asyncio.sleep(self._timing.attach_s)
        self._log("inf", "network: lte_lc_evt_handler: PDN connection activated")
        await self._rounds()

    async def _rounds(self) -> None:
        """Ask, do and connect, with longer and longer pauses; once more when the shadow says so."""
        retry_s = 0.0
        while True:
            while not (await self._may_connect() and await self._connected()):
                retry_s = min(retry_s + self._timing.retry_s, _MAX_RETRY_S)
                await asyncio.sleep(retry_s)
            if not await self._is_wanted():
                return

    async def _may_connect(self) -> bool:
        """Do all that waits; a device that nobody has claimed may have been given credentials."""
        if await self._provisioned():
            return True
        with suppress(NotReady):
            login(self._modem, self._tag, self._client_id)
            return True
        return False

    async def _look(self) -> None:
        if await self._has_delta() or await self._is_wanted():
            await self._rounds()

    async def _is_wanted(self) -> bool:
        """Poll the shadow until it asks for a round; False at once for a device that never polls."""
        while self._timing.poll_s > 0:
            await asyncio.sleep(self._timing.poll_s)
            if await self._has_delta():
                return True
        return False

    async def _has_delta(self) -> bool:
        """Tell whether the shadow asks for provisioning; says first that it has been understood."""
        answer = await self._ask("shadow", client_id=self._client_id)
        command = answer["delta"].get("command") if answer else None
        if not isinstance(command, list) or len(command) != 2:
            self._log("dbg", "cloud: No update in shadow")
            return False
        await self._ask("reported", client_id=self._client_id, state={"command": command})
        return bool(command[0] == 1)

    async def _provisioned(self) -> bool:
        """Do all that waits; False when the cloud does not answer, or the device is not claimed."""
        self.connected.clear()
        self._busy = True
        try:
            while answer := await self._ask("commands"):
                if answer["state"] != "claimed":
                    self._tell_unclaimed()
                    return False
                if not answer["commands"]:
                    nothing = "No commands from the nRF Provisioning Service to process"
                    self._log("inf", f"nrf_provisioning: {nothing}")
                    self._log("dbg", "cloud: Treating as provisioning finished")
                    return True
                if await self._batch(answer["commands"]):
                    self._log("dbg", "cloud: Provisioning finished")
                    self._log("inf", "main: Device provisioning completed")
                    return True
            return False
        finally:
            self._busy = False

    def _tell_unclaimed(self) -> None:
        for level, text in self._firmware.unclaimed(self._modem.token(None)):
            self._log(level, text)

    async def _batch(self, commands: list[Message]) -> bool:
        """Carry out a batch off line, report it on line; True when it has said that it is all."""
        self._modem.mode = 4
        self._log("wrn", "network: PDN connection network detached")
        reports: list[Message] = []
        for command in commands:
            reports.append(await self._carried_out(command))
            if reports[-1]["error"] or "finished" in command["request"]:
                break
        await asyncio.sleep(self._timing.batch_s)
        self._modem.mode = 1
        self._log("inf", "network: lte_lc_evt_handler: PDN connection activated")
        for report in reports:
            await self._ask("report", **report)
        return "finished" in commands[len(reports) - 1]["request"]

    async def _carried_out(self, command: Message) -> Message:
        request = command["request"]
        if MAKE_KEYS & request.keys():
            await asyncio.sleep(self._timing.keygen_s)
        report: Message = {"command": command["id"], "error": None, "response": None}
        try:
            report["response"] = carry_out(self._modem, request, self.config)
        except Unable as unable:
            report["error"] = {"code": unable.code, "message": unable.text}
        return report

    async def _connected(self) -> bool:
        await asyncio.sleep(self._timing.settle_s)
        self._log("inf", f"cloud: Connecting to nRF Cloud CoAP with client ID: {self._client_id}")
        try:
            message = login(self._modem, self._tag, self._client_id)
        except NotReady as why:
            self._log("err", f"nrf_cloud_coap_transport: {why}")
            return False
        answer = await self._ask("connect", **message)
        if answer is None or answer["refused"]:
            why_not = answer["refused"] if answer else "timed out"
            self._log("err", f"nrf_cloud_coap_transport: Authorization failed: {why_not}")
            return False
        self._log("inf", "nrf_cloud_coap_transport: Authorized")
        self._log("inf", "cloud: Connected to Cloud")
        self.connected.set()
        return True

    async def _ask(self, what: str, **more: object) -> Message | None:
        assert self._air is not None  # noqa: S101  # without it no session begins
        try:
            return await self._air({"ask": what, "token": self._modem.token(None), **more})
        except NoCoverage:
            return None

    def _log(self, level: str, text: str) -> None:
        up_s = asyncio.get_running_loop().time() - (self._began_s or 0.0)
        self._write(entry(level, text, up_s))

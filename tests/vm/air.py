"""In the guest: the kernel's hci0 and a simulated board, on one air that bumble makes.

The board's GATT server is bumble's, and all that it says and hears is our simulation's. SIGUSR1 has
the board drop the link. `sys.argv[1]` is where bumble lives: behind the product's own packages.
"""

from __future__ import annotations

import asyncio
import dataclasses
import signal
import sys
from typing import Any

from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_air import INDICATED, arduino_peripheral
from station.simulation.peripheral import AttError, Characteristic, Peripheral

sys.path.append(sys.argv[1])

from bumble import gatt, hci
from bumble.att import ATT_Error
from bumble.controller import Controller
from bumble.core import AdvertisingData, PhysicalTransport
from bumble.device import Device, DeviceConfiguration
from bumble.host import Host
from bumble.link import LocalLink
from bumble.transport import open_transport

KNOWN = gatt.Characteristic.Properties


class Link(LocalLink):  # type: ignore[misc]  # bumble is not there where types are checked
    """An air whose data come from the address that the connection was made with.

    bumble 0.0.236 gives them the sender's random address, even where its public one was called.
    """

    def send_acl_data(
        self, sender: Any, to: Any, transport: PhysicalTransport, data: bytes
    ) -> None:
        connection = sender.le_connections.get(to)
        receiver = self.find_le_controller(to)
        if connection and receiver:
            loop = asyncio.get_running_loop()
            loop.call_soon(receiver.on_link_acl_data, connection.self_address, transport, data)


class Computer(Controller):  # type: ignore[misc]
    """The computer's radio: one without extended advertising, as plain as the board's.

    With it, the kernel waits for an event of a new connection that bumble 0.0.236 does not send; it
    gives the attempt up after 4 s, and can never end that connection. Where a board is asked for
    more, bumble repeats its advertisement: `answer` is what the board says then.
    """

    le_features = Controller.le_features & ~(
        hci.LeFeatureMask.LL_PRIVACY | hci.LeFeatureMask.LE_EXTENDED_ADVERTISING
    )
    answer = b""

    def send_hci_packet(self, packet: Any) -> None:
        if isinstance(packet, hci.HCI_LE_Advertising_Report_Event):
            [report] = packet.reports
            if report.event_type == type(packet).EventType.SCAN_RSP:
                report = dataclasses.replace(report, data=self.answer)
                packet = hci.HCI_LE_Advertising_Report_Event([report])
        super().send_hci_packet(packet)


class Radio:
    """A `Central` that stands for whoever is connected to bumble's GATT server."""

    def __init__(self, peripheral: Peripheral, device: Any) -> None:
        self._peripheral = peripheral
        self._device = device
        self._connection: Any = None
        self._shown: dict[Characteristic, Any] = {}
        for uuid, own in peripheral.services.items():
            device.add_service(gatt.Service(uuid, [self._show(each) for each in own]))
        device.on("connection", self._connected)

    async def hear(self, peripheral: Peripheral, to: Characteristic, value: bytes) -> None:
        """Indicate, and wait for the confirmation."""
        await self._device.gatt_server.indicate_subscriber(self._connection, self._shown[to], value)

    def lost(self, peripheral: Peripheral) -> None:
        """End the link."""
        self._ending = asyncio.ensure_future(self._connection.disconnect())

    def _show(self, own: Characteristic) -> Any:
        async def write(connection: Any, value: bytes) -> None:
            try:
                await self._peripheral.write(own, value)
            except AttError as error:
                raise ATT_Error(error.code) from None

        shown = gatt.Characteristic(
            own.uuid,
            KNOWN.INDICATE if own.uuid == INDICATED else KNOWN.WRITE,
            gatt.Characteristic.WRITEABLE,
            gatt.CharacteristicValue(write=write),
        )

        def subscribed(connection: Any, notify: bool, indicate: bool) -> None:
            (self._peripheral.subscribe if indicate else self._peripheral.unsubscribe)(own)

        shown.on("subscription", subscribed)
        self._shown[own] = shown
        return shown

    def _connected(self, connection: Any) -> None:
        self._connection = connection
        self._peripheral.connected(self)
        connection.on("disconnection", lambda _: self._peripheral.disconnected())


async def main() -> None:
    board = SimulatedArduino(1)
    board.power_on()
    peripheral = arduino_peripheral(board.bluetooth)
    while not peripheral.is_heard:  # noqa: ASYNC110 - nothing tells that it began to advertise
        await asyncio.sleep(0.01)
    link = Link()
    computer = await open_transport("vhci")
    Computer(
        "computer",
        host_source=computer.source,
        host_sink=computer.sink,
        link=link,
        public_address="F0:F1:F2:F3:F4:F5",
    ).answer = bytes(
        AdvertisingData([(AdvertisingData.COMPLETE_LOCAL_NAME, peripheral.name.encode())])
    )
    host = Host()
    host.controller = Controller("board", link=link)
    made = DeviceConfiguration(name=peripheral.name, address=hci.Address(peripheral.address))
    device = Device(config=made, host=host)
    device.gatt_server.max_mtu = peripheral.mtu
    Radio(peripheral, device)
    await device.power_on()
    told = board.bluetooth.advertisement
    assert told
    device.advertising_data = told.payload
    await device.start_advertising(
        auto_restart=True, advertising_interval_min=100, advertising_interval_max=100
    )
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, peripheral.drop)
    print("on the air:", peripheral.address, peripheral.name, flush=True)
    await asyncio.Event().wait()


asyncio.run(main())

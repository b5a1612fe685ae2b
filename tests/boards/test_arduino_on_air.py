"""Our side against a simulated board over Bluetooth: bleak unchanged, against a fake BlueZ."""

from __future__ import annotations

import pytest

from tests.fake_air import fake_air  # first: it leaves out what has no BlueZ

# isort: split
from pydantic import SecretStr

from station.boards.arduino import Arduino
from station.boards.arduino_options import ArduinoOptions
from station.faults import BoardRefused, NetworkRefused
from station.links import LineSettings
from station.model import WifiNetwork
from station.simulation.arduino import SimulatedArduino
from station.simulation.arduino_air import arduino_peripheral
from tests.boards.arduino_seat import FakeSeat
from tests.links.on_the_air import RadioLine


def _never(line: LineSettings) -> None:
    raise AssertionError("a board on the air is not opened again")


async def test_the_whole_way_by_radio() -> None:
    simulated = SimulatedArduino(7)
    async with fake_air() as air:
        line = RadioLine()
        air.power_on(arduino_peripheral(simulated.bluetooth))
        simulated.power_on()
        label = simulated.identity["ble_mac"].upper()
        await line.hears(label)
        line.wiring.pick(label)
        (there,) = await line.attached()
        link = await line.wiring.open(there.ports[0], LineSettings())
        seat = FakeSeat(there, _never)  # type: ignore[arg-type] # it makes no link
        board = await Arduino.open(link, ArduinoOptions(boards=("UNO R4 WiFi",)), seat)
        heard = await board.greet(20)
        assert heard[0].ssid == "factory-net"
        identity = await board.identify()
        assert identity.ids == (("ble mac", label),)
        assert identity.firmware == "0.6.2"
        proof = await board.prove()
        assert proof.subject == simulated.identity["uhwid"]
        await board.forget()
        with pytest.raises(NetworkRefused):
            await board.join(WifiNetwork("factory-net", SecretStr("not this one")), 20)
        await board.join(WifiNetwork("factory-net", SecretStr("s3cretpass")), 20)
        assert not board.flashable
        with pytest.raises(BoardRefused):
            await board.await_sketch(1)
        await board.part()
        await board.close()
        simulated.power_off()
        await line.close()

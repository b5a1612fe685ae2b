"""The devices that a board has been in Arduino's cloud: found again, and deleted."""

from __future__ import annotations

from station import deeds
from station.boards import Board
from station.clouds import Cloud
from station.procedures.arduino_steps import keeps, sketches
from station.run import Run


async def devices_of(run: Run, board: Board, cloud: Cloud) -> tuple[str, ...]:
    """Return those that are there now: by the record, and by the board's USB serial number.

    The record knows ids of onboardings too, which are no devices.
    """
    known = await run.was(cloud)
    found = await keeps(cloud).devices(sketches(board).unit.usb_serial)
    return (*found, *[each for each in known if each not in found and await _is(cloud, each)])


async def delete_devices(run: Run, board: Board, cloud: Cloud, but: str = "") -> None:
    """Delete them all, `but` one.

    Raises:
        CloudFault: one may be there still; asked again those that are left are found again.

    """
    for device in await devices_of(run, board, cloud):
        if device != but:
            await run.once(deeds.delete(keeps(cloud), device))


async def _is(cloud: Cloud, device: str) -> bool:
    return await keeps(cloud).has_device(device)

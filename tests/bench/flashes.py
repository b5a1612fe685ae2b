"""What our way to flash a board adds to the tool that does it: bossac, on a pseudo-terminal."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from station.flash.bossac import Bossac, arguments, port_name
from station.flash.flashing import SETTLE_S, flash
from station.model import Attachment, Image, Port
from station.simulation import sketches
from tests.bench.figures import Figure, ratio, seconds
from tests.flash.seated import NANO_33_IOT, Seated, seated

PROGRAM = "bossac"
OVERHEAD_S = 1.5


def beside_bossac(times: int, image_bytes: int) -> Iterator[Figure]:
    """Flash a simulated Nano 33 IoT by `flash`, and one whose boot loader waits by bossac alone."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise RuntimeError("bossac is not installed (apt-get install bossa-cli)")
    with TemporaryDirectory() as folder:
        image = _image(Path(folder), image_bytes)
        took = [asyncio.run(_both_s(program, image)) for _ in range(times)]
    note = f"{image_bytes} bytes written and read back, the chip is simulated"
    alone = seconds("flash_bossac", [alone_s for alone_s, _ in took], note=note)
    note = "the touch, the boot loader's port, bossac's version, bossac, the sketch's port"
    ours = seconds("flash_ours", [ours_s for _, ours_s in took], note=note)
    note = f"less bossac alone; {SETTLE_S:g} s of it after the touch, as the vendor's tools wait"
    over_s = [ours_s - alone_s for alone_s, ours_s in took]
    yield seconds("flash_overhead", over_s, under=OVERHEAD_S, note=note)
    yield from (alone, ours)
    yield ratio("flash_ours_to_bossac", ours.value, alone)


def _image(folder: Path, image_bytes: int) -> Image:
    content = sketches.image(sketches.LORA, size=image_bytes)
    path = folder / "sketch.bin"
    path.write_bytes(content)
    return Image(path, hashlib.sha256(content).hexdigest())


async def _both_s(program: str, image: Image) -> tuple[float, float]:
    version = await Bossac().version()
    async with seated() as here:
        alone_s = await _alone_s(program, version, here, image)
    async with seated() as here:
        began_s = monotonic()
        await flash(here.seat, NANO_33_IOT, image, Bossac(), lambda done, total: None)
        return alone_s, monotonic() - began_s


async def _alone_s(program: str, version: str, here: Seated, image: Image) -> float:
    here.board.touch()
    port = await here.seat.becomes(_boot_port, 10)
    words = (f"--port={port_name(port.path)}", *arguments(NANO_33_IOT.arguments, version))
    began_s = monotonic()
    process = await asyncio.create_subprocess_exec(
        program,
        *words,
        str(image.path),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    status = await process.wait()
    taken_s = monotonic() - began_s
    if status != 0 or here.board.flash != image.path.read_bytes():
        raise RuntimeError(f"not measured: bossac ended with {status}")
    return taken_s


def _boot_port(there: Attachment | None) -> Port | None:
    ports = there.ports if there else ()
    return next((each for each in ports if (each.vid, each.pid) in NANO_33_IOT.boot_ids), None)

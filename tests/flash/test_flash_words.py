"""What the tools say, as they were heard to say it, and the words that they are given."""

from __future__ import annotations

import re

import pytest

from station.flash import Told
from station.flash.bossac import SKETCH_AT, Pages, arguments, port_name
from station.flash.dfu_util import Download
from station.flash.uf2 import Loading

SAMD = ("-U", "true", "-i", "-e", "-w", "-v", "-R")
R4 = ("-d", "-U", "-e", "-w", "-R")

# bossac 1.9.1 (Debian) with a simulated SAMD21
BOSSAC = """\
Device       : ATSAMD21x18
Version      : v2.0 [Arduino:XYZ] Mar 19 2018 09:45:14
Lock Regions : 16
Erase flash

Done in 0.001 seconds
Write 10240 bytes to flash (160 pages)
\r[                              ] 0% (0/160 pages)\r[============                  ] 40% (64/160 pages)\
\r[========================      ] 80% (128/160 pages)\r[==============================] 100% (160/160 pages)
Done in 0.006 seconds
Verify 10240 bytes of flash
\r[=                             ] 3% (6/160 pages)\r[=                             ] 4% (7/160 pages)
Verify successful
"""
# bossac built from Arduino's branch with a simulated UNO R4 WiFi: the bars and -d share lines
BOSSAC_R4 = """\
identifyChip()=nRF52840-QIAA
Erase flash
chipErase(addr=0)

Done in 0.001 seconds
Write 8000 bytes to flash (2 pages)
\r[                              ] 0% (0/2 pages)write(addr=0x34,size=0x1000)
writeBuffer(scr_addr=0x34, dst_addr=0, size=0x1000)
\r[===============               ] 50% (1/2 pages)write(addr=0x34,size=0x1000)
writeBuffer(scr_addr=0x34, dst_addr=0x1000, size=0x1000)
\r[==============================] 100% (2/2 pages)
Done in 0.007 seconds
reset()
"""
# dfu-util 0.9 with a Portenta H7, as it stands in PlatformIO's tracker
DFU = """\
dfu-util 0.9

Invalid DFU suffix signature
Opening DFU capable USB device...
ID 2341:035b
Run-time device DFU version 011a
Setting Alternate Setting #0 ...
Determining device status: state = dfuIDLE, status = 0
Device returned transfer size 4096
DfuSe interface name: "Internal Flash   "
Downloading to address = 0x08040000, size = 114704
\rDownload\t[                         ]   0%            0 bytes\
\rDownload\t[============             ]  50%        57344 bytes\
\rDownload\t[=========================] 100%       114704 bytes
Download done.
File downloaded successfully
"""
# dfu-util 0.10 with a device that is no DfuSe, as it stands in the tracker of Arduino's build
DFU_1_1 = """\
Opening DFU capable USB device...
Copying data from PC to DFU device
Download\t[=========================] 100%       124456 bytes
Download done.
DFU state(7) = dfuMANIFEST, status(0) = No error condition is present
DFU state(2) = dfuIDLE, status(0) = No error condition is present
Done!
Resetting USB to switch back to Run-Time mode
"""
# dfu-util 0.10-dev with a Portenta H7 that gave up, from the same tracker
DFU_BROKEN = """\
Opening DFU capable USB device...
Downloading element to address = 0x08040000, size = 133392
Erase           [=========================] 100%       133392 bytes
Erase    done.
Download        [                         ]   0%            0 bytes\
dfu-util: Error during special command "SET_ADDRESS" get_status
"""
PICOTOOL = """\
\rLoading into Flash: [==                            ]  7%\
\rLoading into Flash: [==============================]  100%
\rVerifying Flash:    [===========                   ]  39%
  OK
"""


class Heard(list[tuple[int, int]]):
    """All that was told."""

    @property
    def told(self) -> Told:
        return lambda done, total: self.append((done, total))


def test_bossac_tells_pages_and_what_it_reads_back_is_no_progress() -> None:
    heard = Heard()
    pages = Pages(heard.told)
    for line in lines(BOSSAC):
        pages.hear(line)
    assert heard == [(done, 10240) for done in (0, 0, 4096, 8192, 10240)]
    assert pages.wrote


def test_bossac_tells_pages_between_its_debug_words() -> None:
    heard = Heard()
    pages = Pages(heard.told)
    for line in lines(BOSSAC_R4):
        pages.hear(line)
    assert heard == [(done, 8000) for done in (0, 0, 4000, 8000)]
    assert pages.wrote


def test_bossac_that_breaks_off_has_not_written() -> None:
    pages = Pages(Heard().told)
    for line in lines(BOSSAC[: BOSSAC.index("80%")]):
        pages.hear(line)
    assert not pages.wrote


@pytest.mark.parametrize(
    ("said", "told", "written"),
    [
        (DFU, [(0, 9), (0, 114704), (57344, 114704), (114704, 114704)], True),
        (DFU_1_1, [(0, 9), (124456, 124456)], True),
        (DFU_BROKEN, [(0, 9), (0, 133392)], False),
    ],
)
def test_dfu_util_tells_bytes(said: str, told: list[tuple[int, int]], *, written: bool) -> None:
    heard = Heard()
    download = Download(heard.told, 9)
    for line in lines(said):
        download.hear(line)
    assert heard == told
    assert download.written is written


def test_picotool_tells_shares() -> None:
    heard = Heard()
    loading = Loading(heard.told, 1000)
    for line in lines(PICOTOOL):
        loading.hear(line)
    assert heard == [(70, 1000), (1000, 1000)]


@pytest.mark.parametrize(
    ("wanted", "version", "given"),
    [
        (SAMD, "1.7.0-arduino3", SAMD),
        (SAMD, "1.9.1", ("-U", "-i", "-e", "-w", "-v", "-R", SKETCH_AT)),
        ((*SAMD, "--offset=0x4000"), "1.9.1", ("-U", *SAMD[2:], "--offset=0x4000")),
        (R4, "1.9.1-arduino5", R4),
    ],
)
def test_bossac_is_spoken_to_in_the_dialect_of_its_version(
    wanted: tuple[str, ...], version: str, given: tuple[str, ...]
) -> None:
    assert arguments(wanted, version) == given


def test_bossac_puts_dev_in_front_by_itself() -> None:
    assert port_name("/dev/ttyACM0") == "ttyACM0"
    assert port_name("/dev/pts/7") == "pts/7"
    assert port_name("COM7") == "COM7"


def lines(said: str) -> list[str]:
    return [line for line in re.split(r"[\r\n]+", said) if line]

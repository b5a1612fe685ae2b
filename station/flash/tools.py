"""Which flasher serves which tool: a new tool is one file and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from station.flash import Flasher
from station.flash.bossac import Bossac
from station.flash.dfu_util import DfuUtil
from station.flash.esptool import Esptool
from station.flash.pyocd import Pyocd
from station.flash.smp import Smp
from station.flash.uf2 import Uf2
from station.model import Tool

_FLASHERS: Mapping[Tool, type[Flasher]] = {
    Tool.BOSSAC: Bossac,
    Tool.DFU_UTIL: DfuUtil,
    Tool.UF2: Uf2,
    Tool.ESPTOOL: Esptool,
    Tool.SMP: Smp,
    Tool.PYOCD: Pyocd,
}


def flasher(tool: Tool) -> Flasher:
    """Return the flasher for `tool`."""
    return _FLASHERS[tool]()

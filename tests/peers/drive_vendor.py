"""Runs one of the vendor's tools against a simulation: `drive_vendor.py BASE PORT TOOL ARGS...`.

The tools have the cloud's addresses in them, and use only serial ports that the system lists; both
are turned round here, nothing else is touched. Run by the virtual environment they live in.
"""

import importlib
import sys
from typing import Any

from serial.tools.list_ports_common import ListPortInfo

base, port, tool, *arguments = sys.argv[1:]
cloud: Any = importlib.import_module("nrfcloud_utils.nrf_cloud_diap")
cloud.API_URL_START = base + "/"
cloud.API_URL_END = ""
cloud.DEV_STAGE_DICT = {"": "", "prod": ""}
wires: Any = importlib.import_module("nrfcredstore.comms")
wires.get_comports_fixed_ordering = lambda: [ListPortInfo(port)]
importlib.import_module(f"nrfcloud_utils.{tool}").main(arguments)

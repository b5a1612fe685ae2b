"""Runs one of the vendor's tools against a simulation: `drive_vendor.py BASE PORT TOOL ARGS...`.

The tools have the cloud's addresses in them, and use only serial ports that the system lists; both
are turned round here, nothing else is touched. Run by the virtual environment they live in.
"""

import importlib
import sys
from typing import Any

from serial.tools.list_ports_common import ListPortInfo

base, port, tool, *arguments = sys.argv[1:]
for name in ("nrf_cloud_diap", "nrf_cloud_onboard"):
    cloud: Any = importlib.import_module(f"nrfcloud_utils.{name}")
    cloud.API_URL_START = cloud.api_url = base + "/"
    cloud.API_URL_END = ""
    cloud.DEV_STAGE_DICT = {"": "", "prod": ""}
wires: Any = importlib.import_module("nrfcredstore.comms")
wires.get_comports_fixed_ordering = lambda: [ListPortInfo(port)]
if tool == "nrfcredstore":
    importlib.import_module("nrfcredstore.cli").run([tool, port, *arguments])
else:
    importlib.import_module(f"nrfcloud_utils.{tool}").main(arguments)

"""What a board with a sketch of Provisioning 2.0 says of itself: its status codes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType


class StatusCode(IntEnum):
    """How a board fares, or why it did not do what it was told; negative where it failed."""

    NONE = 0
    CONNECTING = 1
    CONNECTED = 2
    RESET_COMPLETED = 4
    SCANNING = 100
    FAILED_TO_CONNECT = -1
    CONNECTION_LOST = -2
    DISCONNECTED = -3
    PARAMS_NOT_FOUND = -4
    INVALID_PARAMS = -5
    OTHER_REQUEST_IN_EXECUTION = -6
    INVALID_REQUEST = -7
    INTERNET_NOT_AVAILABLE = -8
    SCAN_DISABLED = -100
    HARDWARE_ERROR = -101
    MODULE_STOPPED = -102
    SECURE_ELEMENT_BEGIN = -150
    SECURE_ELEMENT_CONFIG = -151
    SECURE_ELEMENT_LOCK = -152
    HARDWARE_ID = -160
    STORAGE_BEGIN = -200
    STORAGE_PARTITION = -201
    GENERIC = -255


_SAYS: Mapping[int, str] = MappingProxyType(
    {
        StatusCode.NONE: "Nothing has happened yet.",
        StatusCode.CONNECTING: "The board is joining the network.",
        StatusCode.CONNECTED: "The board has joined the network.",
        StatusCode.RESET_COMPLETED: "The board has forgotten its settings.",
        StatusCode.SCANNING: "The board is looking for networks.",
        StatusCode.FAILED_TO_CONNECT: "The network is out of reach or its password is wrong.",
        StatusCode.CONNECTION_LOST: "The board lost the network.",
        StatusCode.DISCONNECTED: "The network let the board go, or did not let it in.",
        StatusCode.PARAMS_NOT_FOUND: "The board lacks the settings, or the time, that this needs.",
        StatusCode.INVALID_PARAMS: "The board does not take these settings.",
        StatusCode.OTHER_REQUEST_IN_EXECUTION: "The board is still busy with another request.",
        StatusCode.INVALID_REQUEST: "The board's sketch does not know this request.",
        StatusCode.INTERNET_NOT_AVAILABLE: "The network has no way to the internet.",
        StatusCode.SCAN_DISABLED: "The board may not look for networks.",
        StatusCode.HARDWARE_ERROR: "The board's radio or network module does not work.",
        StatusCode.MODULE_STOPPED: "The board's radio or network module has stopped.",
        StatusCode.SECURE_ELEMENT_BEGIN: "The board's secure element does not answer.",
        StatusCode.SECURE_ELEMENT_CONFIG: "The board's secure element can't be set up.",
        StatusCode.SECURE_ELEMENT_LOCK: "The board's secure element can't be locked.",
        StatusCode.HARDWARE_ID: "The board can't work out its own identity.",
        StatusCode.STORAGE_BEGIN: "The board's storage does not work.",
        StatusCode.STORAGE_PARTITION: "The board's storage can't be divided.",
        StatusCode.GENERIC: "The board failed and does not say why.",
    }
)


def says(code: int) -> str:
    """Return what a status code means, in a sentence."""
    return _SAYS.get(code, f"The board reports {code}, which is new to the station.")

"""Why a command that was given at the station can't be carried out; no unit is to blame."""

from __future__ import annotations

from station.faults.station import StationFault


class DeskFault(StationFault):
    """A command that was refused: nothing was done."""


class SignInFirst(DeskFault):
    code = "SIGN-IN-FIRST"
    says = "Nobody is signed in."
    remedy = "Sign in first: F2."


class SlotUnknown(DeskFault):
    code = "SLOT-UNKNOWN"
    says = "There is no such slot."
    remedy = "Choose one of the slots on the screen."


class SlotBusy(DeskFault):
    code = "SLOT-BUSY"
    says = "Something is being done in this slot."
    remedy = "Wait until it is done, or stop it: Esc."


class SlotEmpty(DeskFault):
    code = "SLOT-EMPTY"
    says = "No board sits in this slot."
    remedy = "Plug the unit in, then try again."


class OrderUnknown(DeskFault):
    """The detail has the order's name."""

    code = "ORDER-UNKNOWN"
    says = "The station does not know this work order."
    remedy = "Scan the order's sheet again. An engineer adds orders with 'station orders add'."


class NotSkippable(DeskFault):
    """The detail has the code of the failure."""

    code = "NOT-SKIPPABLE"
    says = "This failure is none that may be skipped."
    remedy = "Retry the unit, or set it aside for a technician."


class LineBusy(DeskFault):
    code = "LINE-BUSY"
    says = "Slots can't be taught while units are being worked on."
    remedy = "Sign in without a recipe, wait until all slots are at rest, then teach them."


class SocketTaught(DeskFault):
    """The detail names the slot."""

    code = "SOCKET-TAUGHT"
    says = "This socket was taught already, for another slot."
    remedy = "Plug the board into the socket of the slot that the screen names."

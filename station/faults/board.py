"""The unit is to blame: outcome FAIL."""

from __future__ import annotations

from station.faults.fault import Fault
from station.model import Outcome


class BoardFault(Fault):
    """The unit is to blame."""

    outcome = Outcome.FAIL


class BoardSilent(BoardFault):
    code = "BOARD-SILENT"
    says = "The board does not answer."
    remedy = "Check that it has power, press its reset button, then retry. Set it aside if it stays silent."


class BoardRefused(BoardFault):
    code = "BOARD-REFUSED"
    says = "The board's firmware refused a command."
    remedy = "Retry once. If it happens again set the unit aside for reflashing."


class PowerNeeded(BoardRefused):
    code = "POWER-NEEDED"
    says = "This board can't be told to ask its cloud."
    remedy = "Switch its power off and on again, and leave its cable in."


class AnswerBroken(BoardFault):
    code = "ANSWER-BROKEN"
    says = "The board's answers are garbled."
    remedy = "Check the cable and retry. If it happens again set the unit aside."


class WrongProduct(BoardFault):
    code = "WRONG-PRODUCT"
    says = "This board is not the product of this work order."
    remedy = "Take it out and check which work order it belongs to."


class NotClaimable(BoardFault):
    code = "NOT-CLAIMABLE"
    says = "This board can't be claimed by its cloud."
    remedy = "Set it aside for a modem firmware update, or use a recipe made for this hardware."


class TokenBroken(BoardFault):
    code = "TOKEN-BROKEN"
    says = "The board's attestation token is cut short or garbled."
    remedy = "Retry. If it happens again set the unit aside."


class TokenMismatch(BoardFault):
    code = "TOKEN-MISMATCH"
    says = "The attestation token does not belong to this board."
    remedy = "Set the unit aside and tell an engineer: its identity can't be trusted."


class TokenRefused(BoardFault):
    code = "TOKEN-REFUSED"
    says = "The cloud does not accept this board's attestation token."
    remedy = "Set the unit aside and tell an engineer."


class ClaimedElsewhere(BoardFault):
    code = "CLAIMED-ELSEWHERE"
    says = "This unit already belongs to another team in the cloud."
    remedy = "Set the unit aside: its present owner must unclaim it first."


class CredentialExists(BoardFault):
    code = "CREDENTIAL-EXISTS"
    says = "The board already holds a key in this place."
    remedy = "A technician erases it first; the key that is there would be lost."


class CredentialLost(BoardFault):
    code = "CREDENTIAL-LOST"
    says = "The board did not keep what was written to it."
    remedy = "Retry once. If it happens again set the unit aside."


class KeyMismatch(BoardFault):
    code = "KEY-MISMATCH"
    says = "The board's key is not the one that it should have."
    remedy = "Set the unit aside and tell an engineer."


class OrderFailed(BoardFault):
    code = "ORDER-FAILED"
    says = "The board could not carry out what the cloud ordered."
    remedy = "Retry once. If it happens again set the unit aside."


class NeverOnline(BoardFault):
    code = "NEVER-ONLINE"
    says = "The unit was claimed but never came online."
    remedy = "Check its antenna and its SIM card, and give it power where there is coverage."


class NotOurs(BoardFault):
    code = "NOT-OURS"
    says = "The cloud does not hold this unit for us."
    remedy = "Claim it first. If it was claimed before, an engineer looks for who unclaimed it."


class NotErased(BoardFault):
    code = "NOT-ERASED"
    says = "The unit still holds credentials after they were erased."
    remedy = "Retry once. If it happens again do not ship the unit."


class IdentityConflict(BoardFault):
    code = "IDENTITY-CONFLICT"
    says = "Another unit in the record has one of this unit's identities."
    remedy = "Set both units aside and tell an engineer."


class SketchMissing(BoardFault):
    code = "SKETCH-MISSING"
    says = "The board does not run the sketch that this work needs."
    remedy = "Use a recipe that flashes it, over the USB cable."


class SketchTooOld(BoardFault):
    code = "SKETCH-TOO-OLD"
    says = "The board's sketch is older than its cloud takes, and it can't be changed this way."
    remedy = "Put the board on a USB cable: the station brings it up to date there."


class RadioFirmwareOld(BoardFault):
    code = "RADIO-FIRMWARE-OLD"
    says = "The firmware of the board's Wi-Fi module is older than its cloud takes."
    remedy = "Set the unit aside for an update of its Wi-Fi firmware."
    skippable = True


class BoardWedged(BoardFault):
    code = "BOARD-WEDGED"
    says = "The board is alive, but its receiver hangs."
    remedy = "Press the board's reset button, or unplug it and plug it in again, then retry."


class NetworkRefused(BoardFault):
    code = "NETWORK-REFUSED"
    says = "The board could not join the network."
    remedy = "Check that the network is in reach. If other boards fail too tell an engineer."


class HardwareBroken(BoardFault):
    code = "HARDWARE-BROKEN"
    says = "A part of the board does not work."
    remedy = "Set the unit aside for repair."


class FlashRefused(BoardFault):
    code = "FLASH-REFUSED"
    says = "The board could not be flashed."
    remedy = "Press its reset button twice, quickly, then retry. If it happens again set it aside."


class BootModeMissed(BoardFault):
    code = "BOOT-MODE-MISSED"
    says = "The chip's boot loader does not answer."
    remedy = "Hold its BOOT button, press and let go of reset, let go of BOOT, then retry."


class FlashLocked(BoardFault):
    code = "FLASH-LOCKED"
    says = "The chip's security fuses forbid this image."
    remedy = "Set the unit aside: it takes none but signed or encrypted images. Tell an engineer."


class FlashWorn(BoardFault):
    code = "FLASH-WORN"
    says = "The board's flash does not keep what is written."
    remedy = "Retry once. If it happens again set the unit aside for repair."


class FirmwareWrong(BoardFault):
    code = "FIRMWARE-WRONG"
    says = "After the flash the board runs another firmware than it should."
    remedy = (
        "Retry once. If it happens again tell an engineer: the recipe's image or version is wrong."
    )


class UnitChanged(BoardFault):
    code = "UNIT-CHANGED"
    says = "Another unit sits in the slot than before the flash."
    remedy = "Put the first unit back and retry. Set the other one aside: it may have been flashed."


class NotReturned(BoardFault):
    code = "NOT-RETURNED"
    says = "The board did not come back after it was restarted."
    remedy = "Press its reset button, or plug it in again, then retry."


class HandNeeded(BoardFault):
    code = "HAND-NEEDED"
    says = "The board waits for a hand."
    remedy = "Do what the picture shows, until the light goes off."

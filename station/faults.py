"""What can go wrong, whose fault it is, and what the operator does about it.

* Fault
  x BoardFault           outcome FAIL: set the unit aside
    + BoardSilent        no answer at all
    + BoardRefused       the firmware answered no
      + PowerNeeded      only a person can restart it
    + AnswerBroken       an answer came that the protocol does not allow
    + WrongProduct       not what the recipe is for
    + NotClaimable       hardware or firmware that the cloud can't take
    + TokenBroken        an attestation token that is cut short or garbled
    + TokenMismatch      a token that does not belong to this unit, or to this moment
    + TokenRefused       the cloud says that the token is not genuine
    + ClaimedElsewhere   the cloud says that the unit belongs to somebody else
    + IdentityConflict   two units say they are the same one
    + CredentialExists, CredentialLost, KeyMismatch, NotErased     its store of credentials
    + OrderFailed, NeverOnline                                     what it did for its cloud
    + NotOurs            the cloud holds no claim of ours on it
  x StationFault         outcome ERROR: the unit may be good, try it again
    + LinkFault          LinkLost, PortBusy, PortForbidden, PortMissing, ModemManagerOnPort
    + CloudFault         CloudUnreachable, CloudUntrusted, CloudRefused, CloudBusy,
                         KeyRefused, KeyForbidden, QueueFull, OnboardingRefused,
                         and those that leave open whether the deed was done:
                         ReplyLost, CloudBroken, CloudNonsense
    + RecordFault        DiskFull, RecordBroken, RecordInUse, RecordNewer
    + SetupFault         RecipeWrong, SettingsWrong, SecretMissing, KeystoreUnsafe,
                         FolderForbidden, AuthorityMissing, SealBroken
    + SocketUnknown, NameMissing, FileWrong
    + Interrupted        the station stopped in the middle of the run
    + Bug                a mistake of our own: any other exception that leaves a step
  x Unsettled            outcome UNKNOWN: a deed was begun and we do not know how it ended
  x TooSlow              outcome TIMEOUT
  x Stopped              outcome ABORTED

Any other exception that leaves a step is a bug of ours: recorded as ERROR with its traceback.
A fault's detail is for the engineer and holds no secret.
"""

from __future__ import annotations

from typing import ClassVar

from station.model import Outcome, Trouble


class Fault(Exception):
    """A thing that goes wrong on a line, foreseen and named.

    `halts`: it concerns the whole station, so that no further unit is begun until it is mended.
    `leaves_open`: the deed that was asked for may have been done all the same.
    `lamp`: what the whole line leans on and is in trouble; empty when it is only this unit.
    """

    code: ClassVar[str]
    outcome: ClassVar[Outcome]
    says: ClassVar[str]
    remedy: ClassVar[str]
    halts: ClassVar[bool] = False
    leaves_open: ClassVar[bool] = False
    lamp: ClassVar[str] = ""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.says} ({self.detail})" if self.detail else self.says

    @property
    def trouble(self) -> Trouble:
        """The fault as data, for events and the record."""
        return Trouble(self.code, self.says, self.remedy, self.detail, self.halts, self.lamp)


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
    says = "The certificate request does not come from this board."
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


class StationFault(Fault):
    """The station, the network or a cloud is to blame."""

    outcome = Outcome.ERROR


class Interrupted(StationFault):
    code = "INTERRUPTED"
    says = "The station stopped in the middle of this run."
    remedy = "Put the unit in again: the station goes on from what is already true."


class Bug(StationFault):
    code = "BUG"
    says = "The station made a mistake of its own."
    remedy = "Retry. If it happens again give the log file to an engineer."


class LinkFault(StationFault):
    """The wire between the station and the board."""


class LinkLost(LinkFault):
    code = "LINK-LOST"
    says = "The board was unplugged, or its cable lost contact."
    remedy = "Plug the board in again, firmly."


class PortBusy(LinkFault):
    code = "PORT-BUSY"
    says = "Another program is using this port."
    remedy = "Close serial terminals and other tools on this computer, then retry."


class ModemManagerOnPort(PortBusy):
    code = "MODEMMANAGER-ON-PORT"
    says = "ModemManager is using this port."
    remedy = "Wait ten seconds and retry. An engineer installs the station's udev rule to end this."


class PortForbidden(LinkFault):
    code = "PORT-FORBIDDEN"
    says = "This user may not open the port."
    remedy = "An engineer adds the user to the group that owns the port (dialout on Debian); then sign in anew."


class PortMissing(LinkFault):
    code = "PORT-MISSING"
    says = "The port is not there."
    remedy = "Plug the board in again, or correct the port's name."


class CloudFault(StationFault):
    """The cloud or the way to it."""

    lamp = "cloud"


class CloudUnreachable(CloudFault):
    code = "CLOUD-UNREACHABLE"
    says = "The cloud can't be reached."
    remedy = "Check the network, then retry."


class CloudUntrusted(CloudUnreachable):
    code = "CLOUD-UNTRUSTED"
    says = "The cloud's certificate can't be verified."
    remedy = "An engineer checks this computer's clock, the proxy and the cloud's address."


class CloudRefused(CloudFault):
    code = "CLOUD-REFUSED"
    says = "The cloud refused the request."
    remedy = "Retry once, then tell an engineer."


class CloudBusy(CloudFault):
    code = "CLOUD-BUSY"
    says = "The cloud asks the station to slow down."
    remedy = "Wait a minute, then retry."


class QueueFull(CloudFault):
    code = "QUEUE-FULL"
    says = "The cloud holds as many orders for this unit as it can."
    remedy = (
        "An engineer discards the orders that wait, or the unit is brought online to take them."
    )


class OnboardingRefused(CloudFault):
    code = "ONBOARDING-REFUSED"
    says = "The cloud did not register this unit."
    remedy = "Tell an engineer: the record has the cloud's own words."


class KeyRefused(CloudFault):
    code = "KEY-REFUSED"
    says = "The cloud does not accept the station's key."
    remedy = "Call an engineer: the key is wrong, has expired, or belongs to the other generation of the API."
    halts = True


class KeyForbidden(CloudFault):
    code = "KEY-FORBIDDEN"
    says = "The station's key is not allowed to do this."
    remedy = "Call an engineer: the key's user needs a role that may claim devices."
    halts = True


class ReplyLost(CloudFault):
    code = "REPLY-LOST"
    says = "The cloud did not answer in time."
    remedy = "Check the network, then retry."
    leaves_open = True


class CloudBroken(CloudFault):
    code = "CLOUD-BROKEN"
    says = "The cloud has a fault of its own."
    remedy = "Wait a minute, then retry. Tell an engineer if it goes on."
    leaves_open = True


class CloudNonsense(CloudFault):
    code = "CLOUD-NONSENSE"
    says = "Something that is not the cloud answered."
    remedy = (
        "An engineer checks the cloud's address and whether a proxy or a login page is in the way."
    )
    leaves_open = True


class RecordFault(StationFault):
    """The station's own record."""

    halts = True
    lamp = "record"


class DiskFull(RecordFault):
    code = "DISK-FULL"
    says = "The disk is full: nothing can be recorded."
    remedy = "Call an engineer to free space. No unit is begun until then."


class RecordBroken(RecordFault):
    code = "RECORD-BROKEN"
    says = "The record can't be written."
    remedy = "Call an engineer. No unit is begun until then."


class RecordInUse(RecordFault):
    code = "RECORD-IN-USE"
    says = "Another station program is already using this record."
    remedy = "Close the other window, or give this one a folder of its own with --data-dir."


class RecordNewer(RecordFault):
    code = "RECORD-NEWER"
    says = "The record was written by a newer version of the station."
    remedy = "Install that version or a later one."


class SetupFault(StationFault):
    """What an engineer set up."""

    halts = True


class RecipeWrong(SetupFault):
    code = "RECIPE-WRONG"
    says = "The recipe has a mistake."
    remedy = "An engineer corrects the named line; 'station recipe check' tells more."


class SettingsWrong(SetupFault):
    code = "SETTINGS-WRONG"
    says = "The station's settings have a mistake."
    remedy = "An engineer corrects the named line of station.toml."


class SecretMissing(SetupFault):
    code = "SECRET-MISSING"
    says = "A key is not in the keystore."
    remedy = (
        "An engineer stores it with 'station secret set NAME', or sets its environment variable."
    )


class KeystoreUnsafe(SetupFault):
    code = "KEYSTORE-UNSAFE"
    says = "This computer's keystore would keep secrets in plain text."
    remedy = "Install a real keystore (gnome-keyring or KWallet), or use the environment variable."


class FolderForbidden(SetupFault):
    code = "FOLDER-FORBIDDEN"
    says = "The station's folder can't be written."
    remedy = "Choose another with --data-dir, or give this user the right to write there."


class SealBroken(SetupFault):
    code = "SEAL-BROKEN"
    says = "What waits in the queue can't be opened with this station's key."
    remedy = "An engineer restores the key 'station-seal', or has the units' tokens gathered again."


class AuthorityMissing(SetupFault):
    code = "AUTHORITY-MISSING"
    says = "The station's own certificate authority is not to be had."
    remedy = "An engineer names its certificate in the recipe and stores its key in the keystore."


class SocketUnknown(StationFault):
    code = "SOCKET-UNKNOWN"
    says = "A board was plugged into a socket that belongs to no slot."
    remedy = "Plug it into one of the slots; an engineer can teach this socket in station.toml."


class FileWrong(StationFault):
    code = "FILE-WRONG"
    says = "The file has a mistake."
    remedy = "Correct the rows that are named, or make the file anew."


class NameMissing(StationFault):
    code = "NAME-MISSING"
    says = "Nobody is signed in without a name."
    remedy = "Type your name or scan your badge."


class Unsettled(Fault):
    """Holds the fault that left the deed open."""

    code = "UNSETTLED"
    outcome = Outcome.UNKNOWN
    says = "The cloud did not say whether this was done."
    remedy = "Leave the board in its slot: the station asks again by itself."
    lamp = "cloud"


class TooSlow(Fault):
    code = "TOO-SLOW"
    outcome = Outcome.TIMEOUT
    says = "This step took too long."
    remedy = "Retry. If it happens again set the unit aside and tell an engineer."


class Stopped(Fault):
    code = "STOPPED"
    outcome = Outcome.ABORTED
    says = "Stopped by the operator."
    remedy = "Retry when ready."


def every_fault() -> tuple[type[Fault], ...]:
    """Return every fault that has a code, those that more special ones derive from included."""
    found: list[type[Fault]] = []
    open_ends: list[type[Fault]] = [Fault]
    while open_ends:
        kind = open_ends.pop()
        open_ends += kind.__subclasses__()
        if "code" in vars(kind):
            found.append(kind)
    return tuple(sorted(found, key=lambda fault: fault.code))

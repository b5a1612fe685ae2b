"""The station, the network or a cloud is to blame: outcome ERROR."""

from __future__ import annotations

from station.faults.fault import Fault
from station.model import Outcome


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


class AirLost(LinkLost):
    code = "AIR-LOST"
    says = "The Bluetooth connection to the board was lost."
    remedy = "Check that the board has power, hold it nearer, then retry."


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


class ProbeMissing(LinkFault):
    code = "PROBE-MISSING"
    says = "The debug probe for this slot is not there."
    remedy = "Plug it in. An engineer compares the recipe's probe with what 'pyocd list' shows."


class NoneNear(PortMissing):
    code = "NONE-NEAR"
    says = "No such board is on the air."
    remedy = "Check that its light pulses, hold it nearer, then scan its label again."


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
    remedy = "An engineer corrects what is named."


class SecretMissing(SetupFault):
    code = "SECRET-MISSING"
    says = "A key is not in the keystore."
    remedy = (
        "An engineer stores it with 'station secret set NAME', or sets its environment variable."
    )


class KeystoreBroken(SecretMissing):
    code = "KEYSTORE-BROKEN"
    says = "This computer's keystore fails when it is asked for a key."
    remedy = "An engineer unlocks or mends the keystore, or sets the key's environment variable."


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
    says = "What was kept sealed can't be opened with this station's key."
    remedy = (
        "An engineer restores the key 'station-seal', or has tokens gathered again and units "
        "provisioned anew: 'again = true' in the recipe."
    )


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


class ScannerGone(StationFault):
    code = "SCANNER-GONE"
    says = "The scanner on the serial port is not there."
    remedy = "Plug the scanner in again. Everything can be done by keyboard meanwhile."
    lamp = "scanner"


class ScanSpoilt(StationFault):
    code = "SCAN-SPOILT"
    says = "That code did not come over whole."
    remedy = "Scan it again. If it goes on an engineer checks the scanner's settings."


class RadioOff(LinkFault):
    code = "RADIO-OFF"
    says = "This computer's Bluetooth is switched off."
    remedy = "Switch Bluetooth on, then retry."


class RadioMissing(LinkFault):
    code = "RADIO-MISSING"
    says = "This computer has no Bluetooth that the station can use."
    remedy = "Plug in a Bluetooth adapter, or ask an engineer to start the Bluetooth service."


class ManyNear(LinkFault):
    code = "MANY-NEAR"
    says = "Several boards are near, and nobody can say which one is meant."
    remedy = "Scan the label of the board in your hand, or choose it from the list."


class LanesFull(LinkFault):
    code = "LANES-FULL"
    says = "The station works on as many boards by Bluetooth as it can."
    remedy = "Wait until one of them is done, then scan this label again."


class ToolMissing(SetupFault):
    code = "TOOL-MISSING"
    says = "The program that flashes this board is not installed."
    remedy = "An engineer installs it; README says how."


class ImageWrong(SetupFault):
    code = "IMAGE-WRONG"
    says = "The image to be flashed is not the one that it should be."
    remedy = "An engineer checks the file and its SHA-256, or has it fetched anew."


class ImageMissing(SetupFault):
    code = "IMAGE-MISSING"
    says = "The image to be flashed is not here and can't be fetched."
    remedy = "Have the station reach its cloud once, or an engineer puts the file in its place."


class ClockWrong(SetupFault):
    code = "CLOCK-WRONG"
    says = "This computer's clock is wrong."
    remedy = "An engineer sets the clock, best by NTP, then retry."


class NetworkMissing(SetupFault):
    code = "NETWORK-MISSING"
    says = "The network that the recipe names is not set up on this station."
    remedy = "An engineer sets it up with 'station networks add'."

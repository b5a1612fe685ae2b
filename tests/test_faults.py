"""The faults: codes that never change, sentences that end, a tree that is told."""

from __future__ import annotations

import re

import pytest

from station import faults
from station.faults import Fault, every_fault
from station.model import Outcome

# Records, scripts and translations go by these: one may be added, none may change.
CODES = {
    "AccountFull": "ACCOUNT-FULL",
    "ActionMissing": "ACTION-MISSING",
    "AdminKeyMissing": "ADMIN-KEY-MISSING",
    "AirLost": "AIR-LOST",
    "AnswerBroken": "ANSWER-BROKEN",
    "AuthorityMissing": "AUTHORITY-MISSING",
    "BadgeTaken": "BADGE-TAKEN",
    "BadgeUnfit": "BADGE-UNFIT",
    "BadgeUnknown": "BADGE-UNKNOWN",
    "BoardRefused": "BOARD-REFUSED",
    "BoardSilent": "BOARD-SILENT",
    "BoardWedged": "BOARD-WEDGED",
    "BootModeMissed": "BOOT-MODE-MISSED",
    "Bug": "BUG",
    "CaseOpen": "CASE-OPEN",
    "ClaimedElsewhere": "CLAIMED-ELSEWHERE",
    "ClockWrong": "CLOCK-WRONG",
    "CloudBroken": "CLOUD-BROKEN",
    "CloudBusy": "CLOUD-BUSY",
    "CloudNonsense": "CLOUD-NONSENSE",
    "CloudRefused": "CLOUD-REFUSED",
    "CloudUnreachable": "CLOUD-UNREACHABLE",
    "CloudUntrusted": "CLOUD-UNTRUSTED",
    "CodeUnknown": "CODE-UNKNOWN",
    "CredentialExists": "CREDENTIAL-EXISTS",
    "CredentialLost": "CREDENTIAL-LOST",
    "DeviceElsewhere": "DEVICE-ELSEWHERE",
    "DeviceExists": "DEVICE-EXISTS",
    "DeviceRefused": "DEVICE-REFUSED",
    "DiskFull": "DISK-FULL",
    "EngineerFirst": "ENGINEER-FIRST",
    "ExtraMissing": "EXTRA-MISSING",
    "FileWrong": "FILE-WRONG",
    "FirmwareWrong": "FIRMWARE-WRONG",
    "FlashLocked": "FLASH-LOCKED",
    "FlashRefused": "FLASH-REFUSED",
    "FlashWorn": "FLASH-WORN",
    "FolderForbidden": "FOLDER-FORBIDDEN",
    "HandNeeded": "HAND-NEEDED",
    "HardwareBroken": "HARDWARE-BROKEN",
    "HeadOpen": "HEAD-OPEN",
    "IdentityConflict": "IDENTITY-CONFLICT",
    "ImageMissing": "IMAGE-MISSING",
    "ImageWrong": "IMAGE-WRONG",
    "Interrupted": "INTERRUPTED",
    "KeyForbidden": "KEY-FORBIDDEN",
    "KeyInUnit": "KEY-IN-UNIT",
    "KeyMismatch": "KEY-MISMATCH",
    "KeyRefused": "KEY-REFUSED",
    "KeystoreBroken": "KEYSTORE-BROKEN",
    "KeystoreUnsafe": "KEYSTORE-UNSAFE",
    "LabelMisfit": "LABEL-MISFIT",
    "LabelMissing": "LABEL-MISSING",
    "LabelOtherRecipe": "LABEL-OTHER-RECIPE",
    "LabelOtherUnit": "LABEL-OTHER-UNIT",
    "LabelUnreadable": "LABEL-UNREADABLE",
    "LabelWrong": "LABEL-WRONG",
    "LanesFull": "LANES-FULL",
    "LastEngineer": "LAST-ENGINEER",
    "LineBusy": "LINE-BUSY",
    "LinkLost": "LINK-LOST",
    "LoginRefused": "LOGIN-REFUSED",
    "LoginTaken": "LOGIN-TAKEN",
    "ManyNear": "MANY-NEAR",
    "ModemManagerOnPort": "MODEMMANAGER-ON-PORT",
    "NameMissing": "NAME-MISSING",
    "NameRefused": "NAME-REFUSED",
    "NameTaken": "NAME-TAKEN",
    "NetworkMissing": "NETWORK-MISSING",
    "NetworkRefused": "NETWORK-REFUSED",
    "NeverCame": "NEVER-CAME",
    "NeverOnline": "NEVER-ONLINE",
    "NoCase": "NO-CASE",
    "NoneNear": "NONE-NEAR",
    "NotAllowed": "NOT-ALLOWED",
    "NotClaimable": "NOT-CLAIMABLE",
    "NotErased": "NOT-ERASED",
    "NotKnown": "NOT-KNOWN",
    "NotOurs": "NOT-OURS",
    "NotRegistered": "NOT-REGISTERED",
    "NotReturned": "NOT-RETURNED",
    "NotSkippable": "NOT-SKIPPABLE",
    "NothingToShow": "NOTHING-TO-SHOW",
    "OnboardingRefused": "ONBOARDING-REFUSED",
    "OrderFailed": "ORDER-FAILED",
    "OrderUnknown": "ORDER-UNKNOWN",
    "OtherUnit": "OTHER-UNIT",
    "PaperOut": "PAPER-OUT",
    "PinMissing": "PIN-MISSING",
    "PinUnfit": "PIN-UNFIT",
    "PinWrong": "PIN-WRONG",
    "PoolEmpty": "POOL-EMPTY",
    "PoolExists": "POOL-EXISTS",
    "PortBusy": "PORT-BUSY",
    "PortForbidden": "PORT-FORBIDDEN",
    "PortMissing": "PORT-MISSING",
    "PowerNeeded": "POWER-NEEDED",
    "PrintRefused": "PRINT-REFUSED",
    "PrintUnknown": "PRINT-UNKNOWN",
    "PrinterBusy": "PRINTER-BUSY",
    "PrinterForbidden": "PRINTER-FORBIDDEN",
    "PrinterHot": "PRINTER-HOT",
    "PrinterMissing": "PRINTER-MISSING",
    "PrinterOffline": "PRINTER-OFFLINE",
    "PrinterPaused": "PRINTER-PAUSED",
    "PrinterSilent": "PRINTER-SILENT",
    "ProbeMissing": "PROBE-MISSING",
    "ProvisionKeyRefused": "PROVISION-KEY-REFUSED",
    "ProvisionedAlready": "PROVISIONED-ALREADY",
    "ProvisioningOff": "PROVISIONING-OFF",
    "QueueFull": "QUEUE-FULL",
    "RadioFirmwareOld": "RADIO-FIRMWARE-OLD",
    "RadioMissing": "RADIO-MISSING",
    "RadioOff": "RADIO-OFF",
    "ReasonMissing": "REASON-MISSING",
    "RecipeWrong": "RECIPE-WRONG",
    "RecordBroken": "RECORD-BROKEN",
    "RecordInUse": "RECORD-IN-USE",
    "RecordNewer": "RECORD-NEWER",
    "ReplyLost": "REPLY-LOST",
    "ReworkLimit": "REWORK-LIMIT",
    "RibbonOut": "RIBBON-OUT",
    "SamePerson": "SAME-PERSON",
    "ScanSpoilt": "SCAN-SPOILT",
    "ScannerGone": "SCANNER-GONE",
    "SealBroken": "SEAL-BROKEN",
    "SecondNeeded": "SECOND-NEEDED",
    "SecretMissing": "SECRET-MISSING",
    "SettingsWrong": "SETTINGS-WRONG",
    "SignInFirst": "SIGN-IN-FIRST",
    "SketchMissing": "SKETCH-MISSING",
    "SketchTooOld": "SKETCH-TOO-OLD",
    "SlotBusy": "SLOT-BUSY",
    "SlotEmpty": "SLOT-EMPTY",
    "SlotUnknown": "SLOT-UNKNOWN",
    "SocketTaught": "SOCKET-TAUGHT",
    "SocketUnknown": "SOCKET-UNKNOWN",
    "StillAdmitted": "STILL-ADMITTED",
    "Stopped": "STOPPED",
    "StrategyWrong": "STRATEGY-WRONG",
    "TokenBroken": "TOKEN-BROKEN",
    "TokenMismatch": "TOKEN-MISMATCH",
    "TokenRefused": "TOKEN-REFUSED",
    "TooManyTries": "TOO-MANY-TRIES",
    "TooSlow": "TOO-SLOW",
    "ToolMissing": "TOOL-MISSING",
    "TransportRefused": "TRANSPORT-REFUSED",
    "UnitChanged": "UNIT-CHANGED",
    "UnitKnown": "UNIT-KNOWN",
    "UnitMissing": "UNIT-MISSING",
    "UnitScrapped": "UNIT-SCRAPPED",
    "Unsettled": "UNSETTLED",
    "WordsMissing": "WORDS-MISSING",
    "WrongProduct": "WRONG-PRODUCT",
}


def test_codes_do_not_change() -> None:
    assert {each.__name__: each.code for each in every_fault()} == CODES


def test_codes_are_unique_and_plain() -> None:
    codes = [each.code for each in every_fault()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[A-Z]+(-[A-Z]+)*", code) for code in codes)


@pytest.mark.parametrize("kind", every_fault(), ids=lambda kind: kind.code)
def test_each_says_what_happened_and_what_to_do(kind: type[Fault]) -> None:
    for text in (kind.says, kind.remedy):
        assert re.fullmatch(r"[A-Z'][^\n]*\.", text)
        assert 1 <= len(re.findall(r"[.?](?= [A-Z]|$)", text)) <= 3
        assert len(text) <= 140
    assert len(re.findall(r"[.](?= [A-Z]|$)", kind.says)) <= 2
    assert isinstance(kind.outcome, Outcome)
    assert kind.outcome is not Outcome.PASS
    assert kind.lamp in {"", "cloud", "printer", "record", "scanner"}


@pytest.mark.parametrize("kind", every_fault(), ids=lambda kind: kind.code)
def test_each_is_told_as_data(kind: type[Fault]) -> None:
    told = kind("why").trouble
    assert (told.code, told.says, told.remedy) == (kind.code, kind.says, kind.remedy)
    assert (told.detail, told.halts, told.lamp) == ("why", kind.halts, kind.lamp)
    assert str(kind("why")) == f"{kind.says} (why)"
    assert str(kind()) == kind.says


def test_the_tree_names_every_class() -> None:
    tree = set(re.findall(r"\w+", faults.__doc__ or ""))
    kinds = {
        name
        for name, kind in vars(faults).items()
        if isinstance(kind, type) and issubclass(kind, Fault)
    }
    assert kinds - tree == set()


def test_every_fault_of_the_program_stands_in_this_file_or_below_one_of_it() -> None:
    assert {each.__module__.rpartition(".")[0] for each in every_fault()} == {"station.faults"}

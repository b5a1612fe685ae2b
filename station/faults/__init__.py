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
    + SketchMissing, SketchTooOld, RadioFirmwareOld                what runs on it
    + BoardWedged        alive, but its receiver hangs until it is reset
    + NetworkRefused     it could not join the network
    + HardwareBroken     its secure element, store or radio does not work
    + FlashRefused, NotReturned, BootModeMissed, FlashLocked,
      FlashWorn                                                    it can't be flashed
    + FirmwareWrong, UnitChanged                                   what sits there after a flash
    + HandNeeded         only a person can go on: a pin, a button
    + UnitScrapped, OtherUnit                                      not to be worked on here
    + StillAdmitted      its cloud knows it still, after its return
    + NameRefused, NotRegistered, ProvisionedAlready, NeverCame,
      DeviceExists (DeviceElsewhere)                               what its cloud has against it
  x LabelOtherUnit       outcome FAIL: it bears another unit's label
  x StationFault         outcome ERROR: the unit may be good, try it again
    + LinkFault          LinkLost, PortBusy, PortForbidden, PortMissing, ModemManagerOnPort, ProbeMissing,
                         RadioOff, RadioMissing, ManyNear, LanesFull,
                         NoneNear (a PortMissing), AirLost (a LinkLost)
    + CloudFault         CloudUnreachable, CloudUntrusted, CloudRefused, CloudBusy,
                         KeyRefused, KeyForbidden, QueueFull, OnboardingRefused,
                         ProvisionKeyRefused (ProvisioningOff), StrategyWrong, TransportRefused,
                         AccountFull, DeviceRefused, LoginTaken, LoginRefused, KeyInUnit,
                         and those that leave open whether the deed was done:
                         ReplyLost, CloudBroken, CloudNonsense
    + RecordFault        DiskFull, RecordBroken, RecordInUse, RecordNewer
    + SetupFault         RecipeWrong, SettingsWrong, SecretMissing (KeystoreBroken), KeystoreUnsafe,
                         FolderForbidden, AuthorityMissing, SealBroken, ToolMissing, ImageWrong,
                         ImageMissing, ClockWrong, NetworkMissing, AdminKeyMissing, ExtraMissing
    + PrinterFault       PrinterForbidden, PrinterMissing, PrintRefused,
                         PrintUnknown (UNKNOWN: it leaves open whether the label was printed)
      + PrinterNeedsHand PrinterOffline, PrinterSilent, PaperOut, RibbonOut, HeadOpen, PrinterPaused,
                         PrinterHot, PrinterBusy
    + LabelWrong, PoolEmpty, PoolExists (all SetupFaults), LabelMisfit, LabelUnreadable,
      LabelMissing, LabelOtherRecipe
    + PersonFault        PinMissing, PinWrong, BadgeUnknown, TooManyTries, NotAllowed,
                         SecondNeeded, SamePerson, ReasonMissing, NotKnown, NameTaken, BadgeTaken,
                         BadgeUnfit, PinUnfit, NothingToShow, EngineerFirst, LastEngineer
    + ReworkFault        CaseOpen, NoCase, ReworkLimit, UnitKnown, UnitMissing, WordsMissing,
                         CodeUnknown, ActionMissing
    + DeskFault          a command that is refused: SignInFirst, SlotUnknown, SlotBusy, SlotEmpty,
                         OrderUnknown, NotSkippable, LineBusy, SocketTaught
    + SocketUnknown, NameMissing, FileWrong, ScannerGone, ScanSpoilt
    + Interrupted        the station stopped in the middle of the run
    + Bug                a mistake of our own: any other exception that leaves a step
  x Unsettled            outcome UNKNOWN: a deed was begun and we do not know how it ended
  x TooSlow              outcome TIMEOUT
  x Stopped              outcome ABORTED

Any other exception that leaves a step is a bug of ours: recorded as ERROR with its traceback.
A fault's detail is for the engineer and holds no secret.
"""

from __future__ import annotations

from station.faults.board import (
    AnswerBroken,
    BoardFault,
    BoardRefused,
    BoardSilent,
    BoardWedged,
    BootModeMissed,
    ClaimedElsewhere,
    CredentialExists,
    CredentialLost,
    FirmwareWrong,
    FlashLocked,
    FlashRefused,
    FlashWorn,
    HandNeeded,
    HardwareBroken,
    IdentityConflict,
    KeyMismatch,
    NetworkRefused,
    NeverOnline,
    NotClaimable,
    NotErased,
    NotOurs,
    NotReturned,
    OrderFailed,
    PowerNeeded,
    RadioFirmwareOld,
    SketchMissing,
    SketchTooOld,
    TokenBroken,
    TokenMismatch,
    TokenRefused,
    UnitChanged,
    WrongProduct,
)
from station.faults.desk import (
    DeskFault,
    LineBusy,
    NotSkippable,
    OrderUnknown,
    SignInFirst,
    SlotBusy,
    SlotEmpty,
    SlotUnknown,
    SocketTaught,
)
from station.faults.fault import (
    Fault,
)
from station.faults.labels import (
    HeadOpen,
    LabelMisfit,
    LabelMissing,
    LabelOtherRecipe,
    LabelOtherUnit,
    LabelUnreadable,
    LabelWrong,
    PaperOut,
    PoolEmpty,
    PoolExists,
    PrinterBusy,
    PrinterFault,
    PrinterForbidden,
    PrinterHot,
    PrinterMissing,
    PrinterNeedsHand,
    PrinterOffline,
    PrinterPaused,
    PrinterSilent,
    PrintRefused,
    PrintUnknown,
    RibbonOut,
)
from station.faults.people import (
    BadgeTaken,
    BadgeUnfit,
    BadgeUnknown,
    EngineerFirst,
    LastEngineer,
    NameTaken,
    NotAllowed,
    NothingToShow,
    NotKnown,
    PersonFault,
    PinMissing,
    PinUnfit,
    PinWrong,
    ReasonMissing,
    SamePerson,
    SecondNeeded,
    TooManyTries,
)
from station.faults.provisioning import (
    AccountFull,
    AdminKeyMissing,
    DeviceElsewhere,
    DeviceExists,
    DeviceRefused,
    ExtraMissing,
    KeyInUnit,
    LoginRefused,
    LoginTaken,
    NameRefused,
    NeverCame,
    NotRegistered,
    ProvisionedAlready,
    ProvisioningOff,
    ProvisionKeyRefused,
    StrategyWrong,
    TransportRefused,
)
from station.faults.rework import (
    ActionMissing,
    CaseOpen,
    CodeUnknown,
    NoCase,
    OtherUnit,
    ReworkFault,
    ReworkLimit,
    StillAdmitted,
    UnitKnown,
    UnitMissing,
    UnitScrapped,
    WordsMissing,
)
from station.faults.run import (
    Stopped,
    TooSlow,
    Unsettled,
)
from station.faults.station import (
    AirLost,
    AuthorityMissing,
    Bug,
    ClockWrong,
    CloudBroken,
    CloudBusy,
    CloudFault,
    CloudNonsense,
    CloudRefused,
    CloudUnreachable,
    CloudUntrusted,
    DiskFull,
    FileWrong,
    FolderForbidden,
    ImageMissing,
    ImageWrong,
    Interrupted,
    KeyForbidden,
    KeyRefused,
    KeystoreBroken,
    KeystoreUnsafe,
    LanesFull,
    LinkFault,
    LinkLost,
    ManyNear,
    ModemManagerOnPort,
    NameMissing,
    NetworkMissing,
    NoneNear,
    OnboardingRefused,
    PortBusy,
    PortForbidden,
    PortMissing,
    ProbeMissing,
    QueueFull,
    RadioMissing,
    RadioOff,
    RecipeWrong,
    RecordBroken,
    RecordFault,
    RecordInUse,
    RecordNewer,
    ReplyLost,
    ScannerGone,
    ScanSpoilt,
    SealBroken,
    SecretMissing,
    SettingsWrong,
    SetupFault,
    SocketUnknown,
    StationFault,
    ToolMissing,
)

__all__ = [
    "AccountFull",
    "ActionMissing",
    "AdminKeyMissing",
    "AirLost",
    "AnswerBroken",
    "AuthorityMissing",
    "BadgeTaken",
    "BadgeUnfit",
    "BadgeUnknown",
    "BoardFault",
    "BoardRefused",
    "BoardSilent",
    "BoardWedged",
    "BootModeMissed",
    "Bug",
    "CaseOpen",
    "ClaimedElsewhere",
    "ClockWrong",
    "CloudBroken",
    "CloudBusy",
    "CloudFault",
    "CloudNonsense",
    "CloudRefused",
    "CloudUnreachable",
    "CloudUntrusted",
    "CodeUnknown",
    "CredentialExists",
    "CredentialLost",
    "DeskFault",
    "DeviceElsewhere",
    "DeviceExists",
    "DeviceRefused",
    "DiskFull",
    "EngineerFirst",
    "ExtraMissing",
    "Fault",
    "FileWrong",
    "FirmwareWrong",
    "FlashLocked",
    "FlashRefused",
    "FlashWorn",
    "FolderForbidden",
    "HandNeeded",
    "HardwareBroken",
    "HeadOpen",
    "IdentityConflict",
    "ImageMissing",
    "ImageWrong",
    "Interrupted",
    "KeyForbidden",
    "KeyInUnit",
    "KeyMismatch",
    "KeyRefused",
    "KeystoreBroken",
    "KeystoreUnsafe",
    "LabelMisfit",
    "LabelMissing",
    "LabelOtherRecipe",
    "LabelOtherUnit",
    "LabelUnreadable",
    "LabelWrong",
    "LanesFull",
    "LastEngineer",
    "LineBusy",
    "LinkFault",
    "LinkLost",
    "LoginRefused",
    "LoginTaken",
    "ManyNear",
    "ModemManagerOnPort",
    "NameMissing",
    "NameRefused",
    "NameTaken",
    "NetworkMissing",
    "NetworkRefused",
    "NeverCame",
    "NeverOnline",
    "NoCase",
    "NoneNear",
    "NotAllowed",
    "NotClaimable",
    "NotErased",
    "NotKnown",
    "NotOurs",
    "NotRegistered",
    "NotReturned",
    "NotSkippable",
    "NothingToShow",
    "OnboardingRefused",
    "OrderFailed",
    "OrderUnknown",
    "OtherUnit",
    "PaperOut",
    "PersonFault",
    "PinMissing",
    "PinUnfit",
    "PinWrong",
    "PoolEmpty",
    "PoolExists",
    "PortBusy",
    "PortForbidden",
    "PortMissing",
    "PowerNeeded",
    "PrintRefused",
    "PrintUnknown",
    "PrinterBusy",
    "PrinterFault",
    "PrinterForbidden",
    "PrinterHot",
    "PrinterMissing",
    "PrinterNeedsHand",
    "PrinterOffline",
    "PrinterPaused",
    "PrinterSilent",
    "ProbeMissing",
    "ProvisionKeyRefused",
    "ProvisionedAlready",
    "ProvisioningOff",
    "QueueFull",
    "RadioFirmwareOld",
    "RadioMissing",
    "RadioOff",
    "ReasonMissing",
    "RecipeWrong",
    "RecordBroken",
    "RecordFault",
    "RecordInUse",
    "RecordNewer",
    "ReplyLost",
    "ReworkFault",
    "ReworkLimit",
    "RibbonOut",
    "SamePerson",
    "ScanSpoilt",
    "ScannerGone",
    "SealBroken",
    "SecondNeeded",
    "SecretMissing",
    "SettingsWrong",
    "SetupFault",
    "SignInFirst",
    "SketchMissing",
    "SketchTooOld",
    "SlotBusy",
    "SlotEmpty",
    "SlotUnknown",
    "SocketTaught",
    "SocketUnknown",
    "StationFault",
    "StillAdmitted",
    "Stopped",
    "StrategyWrong",
    "TokenBroken",
    "TokenMismatch",
    "TokenRefused",
    "TooManyTries",
    "TooSlow",
    "ToolMissing",
    "TransportRefused",
    "UnitChanged",
    "UnitKnown",
    "UnitMissing",
    "UnitScrapped",
    "Unsettled",
    "WordsMissing",
    "WrongProduct",
    "every_fault",
]


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

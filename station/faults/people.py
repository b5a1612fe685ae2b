"""Why somebody is not let in, or may not do what they ask for."""

from __future__ import annotations

from station.faults.station import StationFault


class PersonFault(StationFault):
    """Somebody, not the line: nothing was done, and nothing but the word or the badge is wrong."""


class PinMissing(PersonFault):
    code = "PIN-MISSING"
    says = "A PIN is needed here."
    remedy = "Type your PIN."


class PinWrong(PersonFault):
    """One for a wrong PIN and a wrong name, so that nobody can find names out."""

    code = "PIN-WRONG"
    says = "The name or the PIN is wrong."
    remedy = "Try again. An engineer gives a new PIN to whoever has forgotten theirs."


class BadgeUnknown(PersonFault):
    code = "BADGE-UNKNOWN"
    says = "This badge is nobody's here."
    remedy = "Scan your own badge, or sign in with name and PIN. An engineer names people."


class TooManyTries(PersonFault):
    """The detail has how long it takes."""

    code = "TOO-MANY-TRIES"
    says = "There were too many wrong tries."
    remedy = "Wait for as long as the detail says, then try again."


class NotAllowed(PersonFault):
    """The detail names the right, or what was to be approved."""

    code = "NOT-ALLOWED"
    says = "Whoever asks for this may not do it."
    remedy = "Ask somebody whose role allows what the detail names."


class SecondNeeded(PersonFault):
    code = "SECOND-NEEDED"
    says = "This goes against the rule: a second person has to approve it."
    remedy = "Ask a second person, who gives a reason and shows badge or PIN."


class SamePerson(PersonFault):
    code = "SAME-PERSON"
    says = "Nobody can approve what they ask for themselves."
    remedy = "Ask another person for badge or PIN."


class ReasonMissing(PersonFault):
    code = "REASON-MISSING"
    says = "There is no reason given."
    remedy = "Choose a reason, or type one."


class NotKnown(PersonFault):
    code = "NOT-KNOWN"
    says = "Nobody of this name works at this station."
    remedy = "Check the spelling. 'station people list' shows who was named."


class NameTaken(PersonFault):
    code = "NAME-TAKEN"
    says = "Somebody of this name works at this station already."
    remedy = "Add what tells the two apart, such as an initial."


class BadgeTaken(PersonFault):
    code = "BADGE-TAKEN"
    says = "This badge is somebody else's."
    remedy = "Take another badge, or take it away from whoever has it."


class BadgeUnfit(PersonFault):
    """The detail has what a badge looks like here."""

    code = "BADGE-UNFIT"
    says = "This does not read as a badge at this station."
    remedy = "Scan the badge. An engineer sets what badges look like in the station's settings."


class PinUnfit(PersonFault):
    code = "PIN-UNFIT"
    says = "This can't be a PIN: it takes 4 to 12 digits, and not such as 1111 or 1234."
    remedy = "Choose another PIN."


class NothingToShow(PersonFault):
    code = "NOTHING-TO-SHOW"
    says = "Without a badge or a PIN nobody can sign in."
    remedy = "Give a badge, a PIN, or both."


class EngineerFirst(PersonFault):
    code = "ENGINEER-FIRST"
    says = "Nobody was named here yet, and the first has to be an engineer."
    remedy = "Name an engineer first: from then on nobody is let in who was not named."


class LastEngineer(PersonFault):
    code = "LAST-ENGINEER"
    says = "This is the last engineer of this station."
    remedy = "Name another engineer first."

"""A run ended, and neither the unit nor the station is to blame for it."""

from __future__ import annotations

from station.faults.fault import Fault
from station.model import Outcome


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

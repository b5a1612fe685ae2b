"""What went wrong before a request could leave, while its sender was still signing in."""

from __future__ import annotations

from station.clouds.replies import TooBusy
from station.faults import CloudBroken, CloudBusy, CloudFault, CloudNonsense, ReplyLost


class UnsentReplyLost(ReplyLost):
    """What one signs in for has not been sent."""

    leaves_open = False


class UnsentBroken(CloudBroken):
    """What one signs in for has not been sent."""

    leaves_open = False


class UnsentNonsense(CloudNonsense):
    """What one signs in for has not been sent."""

    leaves_open = False


def unsent(fault: CloudFault, while_doing: str) -> CloudFault:
    """Return a fault of signing in as one that leaves nothing open of what it was for."""
    detail = f"{while_doing}: {fault.detail}"
    match fault:
        case TooBusy():
            return CloudBusy(detail)  # it was waited for already
        case ReplyLost():
            return UnsentReplyLost(detail)
        case CloudBroken():
            return UnsentBroken(detail)
        case CloudNonsense():
            return UnsentNonsense(detail)
        case _:
            return fault

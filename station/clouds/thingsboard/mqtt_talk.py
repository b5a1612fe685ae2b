"""One exchange with ThingsBoard over MQTT, and what its codes mean."""

from __future__ import annotations

from typing import Final

from station.clouds.thingsboard.mqtt_nouns import Acknowledged, Ended, Greeted, Heard
from station.clouds.thingsboard.mqtt_session import Session
from station.faults import CloudBusy, CloudFault, CloudRefused, ReplyLost, TransportRefused
from station.model import LoginKind

REQUEST, RESPONSE = "/provision/request", "/provision/response"
TELEMETRY: Final = "v1/devices/me/telemetry"

# Reason codes of MQTT 5; paho turns the codes of 3.1.1 into them
_REFUSALS: Final = 0x80
_BAD_CLIENT_ID, _BAD_LOGIN, _NOT_AUTHORIZED, _UNAVAILABLE = 0x85, 0x86, 0x87, 0x88
_BUSY = {_UNAVAILABLE, 0x89, 0x97, 0x9F}
_UNDONE = {_NOT_AUTHORIZED, 0x90, 0x99}  # not to this topic, or not to be read


class TurnedAway(CloudRefused):
    """CONNACK says no."""

    def __init__(self, greeted: Greeted) -> None:
        super().__init__(f"CONNACK: {greeted.words}")
        self.code_told = greeted.code


async def answer(session: Session, body: bytes) -> bytes:
    """Send a provision request; return what is certainly the answer to this one.

    On a connection that has answered before, that is what comes after our PUBACK, was not marked
    as sent before, and has another number: a server acknowledges first, then answers.

    Raises:
        NotSent: the connection was at its end already.
        CloudRefused: the server could not read it: nothing was done.
        ReplyLost: it may have been acted on.

    """
    number = session.publish(REQUEST, body)
    is_due = not session.has_answered
    while True:
        match await session.event():
            case Acknowledged(number=acknowledged) as told if acknowledged == number:
                _check(told)
                is_due = True
            case Heard(topic=topic, again=False) as heard if topic == RESPONSE and is_due:
                if session.takes(heard.number):
                    return heard.payload
            case Ended(detail=why):
                raise ReplyLost(why)
            case _:
                pass


async def deliver(session: Session, body: bytes) -> None:
    """Send telemetry, and wait until it is acknowledged.

    Raises:
        CloudRefused: it was not taken.
        ReplyLost: it may have been.

    """
    number = session.publish(TELEMETRY, body)
    while True:
        match await session.event():
            case Acknowledged(number=acknowledged) as told if acknowledged == number:
                _check(told)
                return
            case Ended(detail=why):
                raise ReplyLost(why)
            case _:
                pass


def no_provisioning(no: TurnedAway) -> CloudFault:
    """Return why not even "provision" is let in: nobody has looked at the key yet."""
    return CloudBusy(no.detail) if no.code_told in _BUSY else CloudRefused(no.detail)


def look_at(no: TurnedAway, kind: LoginKind) -> None:
    """Return when a device's login is not good.

    Raises:
        TransportRefused: it may be good, but not here.
        CloudBusy, CloudRefused: it can't be told.

    """
    if no.code_told in {_BAD_LOGIN, _NOT_AUTHORIZED}:
        return
    if no.code_told == _BAD_CLIENT_ID:
        # it has seen neither a name nor a certificate
        if kind is LoginKind.X509_CERTIFICATE:
            raise TransportRefused("the server has seen no certificate: TLS ends before it")
        return
    if no.code_told == _UNAVAILABLE:
        raise TransportRefused(f"{no.detail}: the profile is bound to another transport")
    raise no_provisioning(no)


def _check(told: Acknowledged) -> None:
    if told.code < _REFUSALS:
        return
    said = f"PUBACK: {told.words}"
    # 0x83 stands for what could not be read and for a core that fell silent alike
    raise CloudRefused(said) if told.code in _UNDONE else ReplyLost(said)

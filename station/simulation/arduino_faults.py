"""What can be wrong with a simulated Arduino board, by name, and how long things take there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FAULTS: Mapping[str, str] = {
    "silent": "Hears everything and says nothing.",
    "wedged": "Has a receiver that hangs from the first byte on, until it is restarted.",
    "old-sketch": "Runs the provisioning sketch 0.4.0, too old for the cloud.",
    "old-wifi-firmware": "Has the Wi-Fi firmware 0.4.1, too old for the cloud.",
    "se-broken": "Can't begin with its secure element (-150): it refuses every command.",
    "se-unconfigured": "Can't configure its secure element (-151): it refuses every command.",
    "se-unlocked": "Can't lock its secure element (-152): it refuses every command.",
    "uhwid-broken": "Can't work out its hardware id (-160): it refuses every command.",
    "storage-broken": "Can't open its storage (-200): network commands never end.",
    "partition-broken": "Has no partition for its storage (-201): it refuses every command.",
    "long-ssids": "Hears twelve networks with long names: the list does not fit, and it is deaf.",
    "wrong-key": "Signs its token with another key than the one that it shows.",
    "rekeyed": "Has another claiming key than before: a cloud that knows the old one refuses it.",
    "token-forged": "Hands out a token in the name of another board.",
    "clock-deaf": "Puts a time of its own, years ago, into its token.",
    "no-mac": "Says a Bluetooth address without a byte in it.",
    "no-internet": "Joins the network and finds no internet behind it (-8).",
    "no-radio": "Has a radio that does not answer (-101).",
    "never-online": "Joins the network, and never reaches the cloud to enrol itself.",
    "keeps-network": "Says that it has forgotten its settings, and has not.",
    "noisy": "Writes a page of debug text before each frame.",
    "lost-byte": "Loses one byte in the middle of the first public key, and no other.",
    "unplug-at-id": "Is unplugged in the middle of its token.",
}

BROKEN_AT_BOOT = {
    "se-broken": -150,
    "se-unconfigured": -151,
    "se-unlocked": -152,
    "uhwid-broken": -160,
    "storage-broken": -200,
    "partition-broken": -201,
}
"""The status that a board with the fault has from its start on."""
STORAGE_BROKEN = -200


@dataclass(frozen=True, slots=True)
class ArduinoTiming:
    """How long things take, in seconds; `baud` None is a wire without delay.

    Attributes:
        baud: of the UART behind a bridge; a board with USB of its own has no use for it.
        loop_s: from one look at the input to the next.
        boot_s: from a restart to the first look.
        scan_s: for one scan; the board is deaf meanwhile.
        join_s: for one attempt to join; the board is deaf meanwhile.
        join_within_s: for how long it goes on trying. mobile_within_s: the same by a modem.
        keygen_s: for a new key.
        gap_s: the pause after which the receiver forgets a frame that was begun.
        kept_s: for how long a sent message may be asked for again.
        again_s: from one scan without being asked to the next, and from one attempt to join a
            stored network to the next.
        back_off_s: the pause before the cloud is asked again, longer by as much each time.

    """

    baud: int | None = None
    loop_s: float = 0.0
    boot_s: float = 0.0
    scan_s: float = 0.0
    join_s: float = 0.0
    join_within_s: float = 0.0
    mobile_within_s: float = 0.0
    keygen_s: float = 0.0
    gap_s: float = 10.0
    kept_s: float = 30.0
    again_s: float = 120.0
    back_off_s: float = 12.0


REALISTIC = ArduinoTiming(
    baud=9600,
    loop_s=0.01,
    boot_s=1.5,
    scan_s=4.0,
    join_s=3.0,
    join_within_s=15.0,
    mobile_within_s=30.0,
    keygen_s=0.5,
)

"""Stands in for dfu-util where there is no USB: waits for a device, says what it says, takes a file.

The device is the folder $DFU_DEVICE: it waits when `waiting` is there, and `flashed` is what it got.
`$DFU_ENDS` is the exit status, `$DFU_FAILS` makes it fail in the middle.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

BANNER = "dfu-util 0.11\n\nCopyright 2005-2009 Weston Schmidt\n"


def main(words: list[str]) -> int:
    if words == ["--version"]:
        print(BANNER)
        return 0
    if words == ["--help"]:
        print("Usage: dfu-util [options] ...\n  -R --reset\n  -w --wait\tWait for device to appear")
        return 0
    device = Path(os.environ["DFU_DEVICE"])
    (device / "words").write_text("\n".join(words))
    say(BANNER)
    if "-w" in words:
        say("Waiting for device, exit with ctrl-C\n")
    while not (device / "waiting").exists():
        time.sleep(0.01)
    image = Path(words[words.index("-D") + 1]).read_bytes()
    say("dfu-util: Warning: Invalid DFU suffix signature\nOpening DFU capable USB device...\n")
    say(f"Downloading element to address = 0x08040000, size = {len(image)}\n")
    for share in range(0, 101, 20):
        bar = "=" * (share // 4)
        say(f"\rErase    \t[{bar:25}] {share:3d}% {len(image) * share // 100:12d} bytes")
    say("\nErase    done.\n")
    for share in range(0, 101, 20):
        if share == 60 and os.environ.get("DFU_FAILS"):
            say('\ndfu-util: Error during special command "SET_ADDRESS" get_status\n')
            return 74
        bar = "=" * (share // 4)
        say(f"\rDownload\t[{bar:25}] {share:3d}% {len(image) * share // 100:12d} bytes")
    say("\nDownload done.\nFile downloaded successfully\nSubmitting leave request...\n")
    (device / "half").write_bytes(image)
    (device / "half").replace(device / "flashed")
    say("dfu-util: Error during download get_status\n")
    return int(os.environ.get("DFU_ENDS", "0"))


def say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


sys.exit(main(sys.argv[1:]))

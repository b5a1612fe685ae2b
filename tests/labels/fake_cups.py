"""A stand-in for CUPS's lp and lpstat, with the words of CUPS 2.4.2.

FAKE_CUPS is a folder: `state` says what is wrong, what is printed lands beside it.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

FOLDER = Path(os.environ["FAKE_CUPS"])
STATE = (FOLDER / "state").read_text()
ALERTS = {
    "aborted": "aborted-by-system",
    "canceled": "job-canceled-by-user",
    "stuck": "job-printing",
}
REFUSALS = {
    "missing": "lp: Error - The printer or class does not exist.",
    "forbidden": "lp: Not allowed to print.",
    "unsupported": 'lp: Unsupported document-format "application/x-nonsense".',
}


def lp(arguments: list[str]) -> int:
    document = sys.stdin.buffer.read()
    if STATE in REFUSALS:
        print(REFUSALS[STATE], file=sys.stderr)
        return 1
    if STATE == "hangs":
        time.sleep(60)
    (FOLDER / "arguments").write_text("\n".join(arguments))
    (FOLDER / "document").write_bytes(document)
    print("something else" if STATE == "babbles" else "request id is Zebra-7 (0 file(s))")
    return 0


def lpstat(arguments: list[str]) -> int:
    if arguments == ["-r"]:
        print(f"scheduler is {'not ' if STATE == 'down' else ''}running")
        return STATE == "down"
    if "-W" in arguments:
        print(requests(arguments[arguments.index("-W") + 1]))
        return 0
    if STATE in {"nowhere", "down"}:
        print('lpstat: Invalid destination name in list "Zebra".', file=sys.stderr)
        return 1
    since = "since Sun Nov 22 06:32:09 2026"
    if STATE == "disabled":
        print(f"printer Zebra disabled {since} -\n\tout of labels")
    else:
        print(f"printer Zebra is idle.  enabled {since}")
    refuses = STATE == "rejecting"
    print(f"Zebra {'not ' if refuses else ''}accepting requests {since}{' -' if refuses else ''}")
    return 0


def requests(which: str) -> str:
    if (which == "completed") == (STATE == "stuck"):
        return ""
    row = "{name}  root  1024  Sun Nov 22 06:32:09 2026\n\tStatus: {status}\n\tAlerts: {alerts}\n\tqueued for Zebra"
    told = ALERTS.get(STATE, "processing-to-stop-point")
    return "\n".join(
        (
            row.format(name="Zebra-71", status="", alerts="job-canceled-by-user"),
            row.format(name="Zebra-7", status="It may not exist.", alerts=told),
            row.format(name="Zebra-6", status="", alerts="aborted-by-system"),
        )
    )


if __name__ == "__main__":
    sys.exit({"lp": lp, "lpstat": lpstat}[Path(sys.argv[0]).name](sys.argv[1:]))

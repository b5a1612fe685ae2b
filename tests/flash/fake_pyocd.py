"""Stands in for pyOCD 0.46 where there is no probe: its words, its bars and its exit status.

What it says was heard of the real one, or read in its source: bars that are drawn mark by mark, one
while it erases and one while it writes; log lines on standard error; a comparison that ends with 0
whatever it finds. FAKE_PYOCD is a folder with `probes.json`: the unique id of each probe, and the
faults of the chip behind it; the chip's flash is a file called by the id.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
import time
from pathlib import Path

FOLDER = Path(os.environ["FAKE_PYOCD"])
SCALE = "[" + "---|" * 9 + "----]\n["
MARKS = 40
KNOWN_TARGETS = {"nrf52840", "nrf91", "rp2040"}


def main(words: list[str]) -> int:
    if words == ["--version"]:
        print("0.46.0")
        return 0
    match words:
        case ["json", "--probes", "--no-config"]:
            told = [{"unique_id": each, "target": "cortex_m"} for each in probes()]
            print(json.dumps({"pyocd_version": "0.46.0", "status": 0, "boards": told}, indent=4))
            return 0
        case ["load" | "commander", "--no-wait", "--no-config", *rest]:
            return work(words[0], rest)
        case _:
            pass
    print("usage: pyocd [-h] [-V] [--help-options]  ...", file=sys.stderr)
    print(f"pyocd: error: unrecognized arguments: {' '.join(words)}", file=sys.stderr)
    return 2


def probes() -> dict[str, list[str]]:
    told: dict[str, list[str]] = json.loads((FOLDER / "probes.json").read_text())
    return told


def work(verb: str, words: list[str]) -> int:
    told: dict[str, str] = {}
    orders = []
    while words:
        word = words.pop(0)
        if word in {"--uid", "--target"}:
            told[word] = words.pop(0)
        else:
            orders.append(words.pop(0) if word == "--command" else word)
    found = [each for each in probes() if told["--uid"].lower() in each.lower()]
    if len(found) != 1:
        print(f"No connected debug probe matches unique ID '{told['--uid']}'")
        log("E No target device available [load_cmd]")
        return 1 if verb == "load" else 3
    if told["--target"] not in KNOWN_TARGETS:
        log(f"C Target type {told['--target']} not recognized. Use 'pyocd list --targets' to see")
        return 1
    faults = probes()[found[0]]
    if "no-ack" in faults:
        log("C SWD/JTAG communication failure (No ACK); check the connection [__main__]")
        return 1
    flash = FOLDER / found[0]
    return load(flash, orders, faults) if verb == "load" else compare(flash, orders)


def load(flash: Path, files: list[str], faults: list[str]) -> int:
    content = bytearray(flash.read_bytes())
    if "locked" in faults:
        log("E Error while initing target: nRF52840 is locked [load_cmd]")
        return 1
    bar("Erasing...", faults)
    size = 0
    for each in files:
        path, _, at = each.rpartition("@")
        data = Path(path).read_bytes()
        start = int(at, 0)
        content[start : start + len(data)] = data if "worn" not in faults else b"\xff" * len(data)
        size += len(data)
    bar("Programming...", faults, flash, content)
    put(flash, bytes(content))
    log(f"I Erased {size} bytes (1 sector), programmed {size} bytes (1 page), identical 0 bytes")
    return 0


def compare(flash: Path, orders: list[str]) -> int:
    content = flash.read_bytes()
    for order in orders:
        _, at, name = shlex.split(order)
        start, data = int(at, 0), Path(name).read_bytes()
        print(f"Comparing {len(data)} bytes @ 0x{start:08x}")
        there = content[start : start + len(data)]
        differ = [n for n, (one, other) in enumerate(zip(there, data, strict=True)) if one != other]
        if differ:
            print(f"Mismatched byte at 0x{start + differ[0]:08x} (offset {differ[0]:#x}): 0xff")
        else:
            print(f"All {len(data)} bytes match.")
    return 0


def bar(
    title: str, faults: list[str], flash: Path | None = None, content: bytearray | None = None
) -> None:
    log(f"I {title} [loader]")
    draw(SCALE)
    for mark in range(MARKS):
        if "slow" in faults and flash and content is not None:
            done = len(content) * mark // MARKS
            put(flash, bytes(content[:done]) + b"\xff" * (len(content) - done))
            time.sleep(0.05)
        draw("=")
    draw("]\n")


def put(flash: Path, content: bytes) -> None:
    """Write a chip's flash; whoever kills this program finds it before or after."""
    anew = flash.with_suffix(".new")
    anew.write_bytes(content)
    anew.replace(flash)


def draw(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def log(line: str) -> None:
    sys.stdout.flush()
    print(f"0000756 {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The programs a benchmark needs beside itself, each in a process of its own.

Simulations share neither the interpreter nor its lock with what is measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STATION = str(Path(sys.executable).with_name("station"))
NO_COMPILED = "PYTHONDONTWRITEBYTECODE"
NRF_KEY = "nrf-cloud"

RECIPE = """\
recipe = 1
name = "Benchmark"
procedure = "claim"
[board]
kind = "nrf91"
models = ["nRF9151"]
[cloud]
kind = "nrf_cloud"
provisioning_url = "{http}"
"""


@dataclass(frozen=True, slots=True)
class CloudAt:
    """Where a simulated cloud listens, and what it accepts, by the names of the keystore."""

    http: str
    secrets: Mapping[str, str] = field(repr=False)

    @property
    def api_key(self) -> str:
        """The key of nRF Cloud."""
        return self.secrets[NRF_KEY]

    def recipe(self, folder: Path, text: str = RECIPE) -> Path:
        """Write a recipe for it into `folder`; `text` has {http} where its address belongs."""
        path = folder / "bench.toml"
        path.write_text(text.replace("{http}", self.http), "utf-8")
        return path

    @property
    def env(self) -> dict[str, str]:
        """What the environment of a station needs that is to use it."""
        return {
            f"STATION_SECRET_{name.upper().replace('-', '_')}": value
            for name, value in self.secrets.items()
        }


@dataclass(frozen=True, slots=True)
class BoardAt:
    """A simulated board: its port, who it is, and the bus by which it is found if it is on the air."""

    port: str
    identity: Mapping[str, str]
    dbus: str = ""


@contextmanager
def cloud(*faults: str) -> Iterator[CloudAt]:
    """Run a simulated nRF Cloud."""
    wrong = [word for fault in faults for word in ("--fault", fault)]
    with program([STATION, "simulate", "cloud", "nrf", *wrong]) as process:
        told = next_line(process)
        yield CloudAt(told["http"], {NRF_KEY: told["api_key"]})


@contextmanager
def arduino_cloud() -> Iterator[CloudAt]:
    """Run a simulated Arduino Cloud; as the real one it takes ten requests a second."""
    with program([STATION, "simulate", "cloud", "arduino"]) as process:
        told = next_line(process)
        names = ("client_id", "client_secret")
        yield CloudAt(
            told["http"], {f"arduino-{name.replace('_', '-')}": told[name] for name in names}
        )


@contextmanager
def boards(count: int, dialect: str = "at-host", seed: int = 1) -> Iterator[list[BoardAt]]:
    """Run `count` simulated boards on wires of 115 200 baud, all in one process."""
    command = [STATION, "simulate", "board", "nrf91", "--count", str(count)]
    with program([*command, "--dialect", dialect, "--seed", str(seed)]) as process:
        yield boards_told(process, count)


def boards_told(process: subprocess.Popen[str], count: int) -> list[BoardAt]:
    """Return the boards that a program tells of when it begins."""
    told = [next_line(process) for _ in range(count)]
    return [BoardAt(line["port"], line["identity"], line.get("dbus", "")) for line in told]


@contextmanager
def program(
    command: list[str], env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run a program that prints lines and ends with its input, or when it is told to.

    `env` is added to this process's environment.
    """
    with subprocess.Popen(
        command,
        env=environment(env or {}),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        try:
            yield process
            process.stdin.close()
            if "simulate" not in command:
                process.terminate()
            process.wait(10)
        finally:
            process.kill()


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment and `more`, with compiled modules kept."""
    # As on any station: else each start would compile ours anew, and that was half of it.
    kept = {name: value for name, value in os.environ.items() if name != NO_COMPILED}
    return {**kept, **more}


def next_line(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Return the next JSON line of `process`."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("{"):
            told: dict[str, Any] = json.loads(line)
            return told
    raise RuntimeError(f"{process.args!r} ended with status {process.wait()}")


def cpu_s(pid: int) -> float:
    """Return the seconds that a process has computed for, all its threads, those gone included."""
    # What clock_getcpuclockid(3) makes of a pid on Linux; /proc/PID/stat has only hundredths.
    return time.clock_gettime(~pid << 3 | 2)

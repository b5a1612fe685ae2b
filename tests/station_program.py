"""The installed `station` program, run as a process of its own, as an operator's script does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STATION = str(Path(sys.executable).with_name("station"))
WITHIN_S = 45

SUMMARY = ["event", "units", "passed", "failed", "seconds", "record"]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a station in `folder` that has no keystore."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("STATION_")},
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "STATION_DATA_DIR": str(folder),
        **more,
    }


def station(
    *args: str, folder: Path, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `station` with `args` to its end."""
    return subprocess.run(
        [STATION, *args],
        env=environment(folder, **(more or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )


@contextmanager
def begun(
    *args: str, folder: Path, more: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Start `station` with `args`; it is ended if it has not ended by itself."""
    with subprocess.Popen(
        [STATION, *args],
        env=environment(folder, **(more or {})),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


@contextmanager
def simulated(*args: str, count: int = 1) -> Iterator[list[dict[str, Any]]]:
    """Run `station simulate` with `args`; yields the `count` lines that it prints."""
    with begun("simulate", *args, folder=Path()) as process:
        assert process.stdout is not None
        yield [json.loads(process.stdout.readline()) for _ in range(count)]
        _, said = process.communicate("", timeout=WITHIN_S)
        assert (process.returncode, said) == (0, "")


def events(said: str) -> list[dict[str, Any]]:
    """Return the JSON objects that stand in `said`, one a line; the last is the summary."""
    told = [json.loads(line) for line in said.splitlines()]
    assert all(isinstance(each, dict) and each["event"] for each in told)
    assert list(told[-1]) == SUMMARY
    assert [each["event"] for each in told].count("summary") == 1
    return told

"""Runs every check of the project and says which did not hold.

Arguments go to pytest. Run it with the Python of an environment that holds requirements-dev.txt.
The tests come last, so that pytest's own closing line ends the output.
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent

CHECKS: dict[str, list[str]] = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "import contracts": ["lint-imports"],
    "tests": ["pytest", "-n", "auto", "--dist", "worksteal"],
}


def main(pytest_arguments: list[str]) -> int:
    """Run all checks, whether or not one fails; 0 if every one held, else 1."""
    CHECKS["tests"].extend(pytest_arguments)
    started = time.monotonic()
    failed = [name for name, command in CHECKS.items() if not holds(name, command)]
    verdict = f"Did not hold: {', '.join(failed)}." if failed else "Every check holds."
    print(f"{verdict} {time.monotonic() - started:.0f} s")
    return 1 if failed else 0


def holds(name: str, command: list[str]) -> bool:
    """Run one check in the project's root under a heading; false if it exits with other than 0."""
    print(f"\n=== {name}: {' '.join(command)}", flush=True)
    started = time.monotonic()
    program, *arguments = command
    status = subprocess.run([SCRIPTS / program, *arguments], cwd=ROOT, check=False).returncode
    if name != "tests":
        said = "holds" if status == 0 else f"DOES NOT HOLD (exit status {status})"
        print(f"--- {name} {said}, {time.monotonic() - started:.1f} s", flush=True)
    return status == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

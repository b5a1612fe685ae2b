"""Writes README's table of Arduino boards anew, from the catalogue that the station works with.

Run it with the Python of an environment that the station is installed in.
"""

import sys
from pathlib import Path

from station.boards.catalogue import BOARDS
from station.model import Flashing, Gesture, Hardware

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- boards -->", "<!-- /boards -->"
HEAD = (
    "board",
    "FQBN",
    "USB ids (boot loader)",
    "provisioning",
    "networks",
    "agents",
    "keys in",
    "flashed by",
    "by hand",
)


def table() -> str:
    """Return the table in Markdown, a row a product."""
    rows = [HEAD, tuple("---" for _ in HEAD), *map(row, BOARDS)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def row(board: Hardware) -> tuple[str, ...]:
    """Return what is told of one product, a cell a column."""
    agents = {"USB": board.has_serial_agent, "Bluetooth": board.has_bluetooth_agent}
    return (
        board.title,
        f"`{board.fqbn}`",
        ids(board),
        "1.0, 2.0 possible"
        if board.can_2_0 and board.provisioning == "1.0"
        else board.provisioning,
        ", ".join(board.connections) or "–",
        ", ".join(name for name, is_there in agents.items() if is_there) or "–",
        board.secure_element or "secret device key",
        flashed(board.flashing),
        by_hand(board.gestures),
    )


def ids(board: Hardware) -> str:
    """Return the ids of the application, then in brackets those of the boot loader."""
    boot = board.flashing.boot_ids if board.flashing else ()
    shown = " ".join(f"{vid:04X}:{pid:04X}" for vid, pid in board.ids) or "–"
    return shown + (f" ({' '.join(f'{vid:04X}:{pid:04X}' for vid, pid in boot)})" if boot else "")


def flashed(flashing: Flashing | None) -> str:
    """Return the tool, and whether the port is opened at 1200 bit/s first."""
    if flashing is None:
        return "–"
    return f"{flashing.tool}, 1200 bit/s touch" if flashing.touch else str(flashing.tool)


def by_hand(gestures: tuple[tuple[str, Gesture], ...]) -> str:
    """Return what makes the board forget its network, by version of its library."""
    told = [(since, _told(gesture)) for since, gesture in gestures]
    if len(told) < 2:
        return "".join(text for _, text in told) or "–"
    return "; ".join(
        text if since == "0" else f"from library {since}: {text}" for since, text in told
    )


def _told(gesture: Gesture) -> str:
    return f"hold {gesture.button}" if gesture.button else f"pin {gesture.pin} to {gesture.to}"


def renewed(readme: str) -> str:
    """Return `readme` with the table between its marks.

    Raises:
        ValueError: it has no such marks.

    """
    before, _, rest = readme.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"no {BEGIN} ... {END}")
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    """Write README.md where the table is not what the catalogue says."""
    before = README.read_text("utf-8")
    after = renewed(before)
    if after != before:
        README.write_text(after, "utf-8")
    print("README.md was renewed." if after != before else "README.md is up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

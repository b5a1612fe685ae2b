"""The images of simulated boards: what is flashed says in its first line which sketch it is."""

from __future__ import annotations

_MARK = "simulated sketch"

PROVISIONING, CLOUD = "provisioning", "cloud"
"""The sketches of Provisioning 2.0: the one a board is set up with, and a thing's own."""
CRYPTO, LORA, DELETE_CONFIGURATION = "crypto", "lora", "delete-configuration"


def image(sketch: str, version: str = "0.6.2", size: int = 40_000) -> bytes:
    """Return an image of `size` bytes that a simulated board runs as `sketch`."""
    head = f"{_MARK} {sketch} {version}\n".encode()
    body = bytes((7 * n + len(sketch)) % 251 for n in range(256))
    return (head + body * (size // len(body) + 1))[:size]


def told(flash: bytes) -> tuple[str, str] | None:
    """Return the sketch and its version that `flash` holds; None when it holds no image of ours."""
    words = flash.split(b"\n", 1)[0].decode(errors="replace").split(" ")
    is_ours = len(words) == 4 and words[:2] == _MARK.split()
    return (words[2], words[3]) if is_ours else None

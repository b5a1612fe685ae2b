"""What an application with the TLS credential shell gives its shell to do; it has no AT commands."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Awaitable, Callable

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from station.simulation.csr import KEY_USAGE, request
from station.simulation.nrf91_firmware import Firmware
from station.simulation.zephyr_shell import NoSuchCommand, ZephyrShell

_KINDS = ("CA", "SERV", "PK", "PSK", "PSK_ID")
_FORMATS = ("bin", "bint", "str", "strt")
_BUFFER_BYTES = 4096


class TlsShell:
    """`cred` keeps what is typed into its buffer as base64; `nrf_cloud_cred` makes keys.

    What it keeps outlives restarts.
    """

    def __init__(
        self, device_id: str, firmware: Firmware, boot: Callable[[], Awaitable[None]]
    ) -> None:
        self._device_id = device_id
        self._firmware = firmware
        self._boot = boot
        self._store: dict[tuple[int, str], bytes] = {}
        self._keys: dict[int, ec.EllipticCurvePrivateKey] = {}
        self._buffer = ""

    async def execute(self, shell: ZephyrShell, words: list[str]) -> None:
        """As `Program.execute`."""
        match words:
            case ["cred", *more]:
                await shell.print(self._credential(more))
            case ["nrf_cloud_cred", name, tag, *more] if tag.isdecimal():
                await shell.print(self._key_command(name, int(tag), more))
            case ["kernel", "reboot", *_]:
                shell.forget()
                self._buffer = ""
                await self._boot()
                await shell.wire.write(self._firmware.banner)
            case ["nrf_cloud_cred", *_]:
                raise NoSuchCommand("Please specify a subcommand.")
            case _:
                raise NoSuchCommand(f"{words[0]}: command not found")

    def _credential(self, words: list[str]) -> str:
        match words:
            case ["buf", "clear"]:
                self._buffer = ""
                return "Credential buffer cleared."
            case ["buf", chunk]:
                if len(self._buffer) + len(chunk) > _BUFFER_BYTES:
                    return "Not enough room in credential buffer."
                self._buffer += chunk
                return f"Stored {len(chunk)} bytes."
            case ["add", tag, kind, "DEFAULT", form] if _is_place(tag, kind) and form in _FORMATS:
                return self._add(int(tag), kind, form)
            case ["del", tag, kind] if _is_place(tag, kind):
                if self._store.pop((int(tag), kind), None) is None:
                    return f'There is no TLS credential with sec tag {tag} and type "{kind}".'
                return f"Deleted TLS credential with sec tag {tag} and type {kind}."
            case ["list", *which] if len(which) < 3:
                return self._list(which)
            case ["get", tag, kind, "bin" | "bint"] if _is_place(tag, kind):
                content = self._store.get((int(tag), kind))
                if content is None:
                    return f'There is no TLS credential with sec tag {tag} and type "{kind}".'
                return base64.b64encode(content).decode()
            case _:
                raise NoSuchCommand("Please specify a subcommand.")

    def _add(self, tag: int, kind: str, form: str) -> str:
        if (tag, kind) in self._store:
            return f'TLS credential with sec tag {tag} and type "{kind}" already exists.'
        try:
            content = base64.b64decode(self._buffer, validate=True)
        except binascii.Error:
            return "Could not decode credential buffer as base64."
        if not content:
            return "Credential buffer is empty."
        # The t of bint: mbedTLS takes a PEM only with the NUL that ends it.
        self._store[tag, kind] = content + b"\0" * form.endswith("t")
        self._buffer = ""
        return f'Added TLS credential of type "{kind}", sec tag {tag}, and backend DEFAULT.'

    def _list(self, which: list[str]) -> str:
        rows = [
            f"{tag},{kind},{base64.b64encode(hashlib.sha256(content).digest()).decode()},0"
            for (tag, kind), content in sorted(self._store.items())
            if [str(tag), kind][: len(which)] == which
        ]
        return "\n".join([*rows, f"{len(rows)} credentials found."])

    def _key_command(self, name: str, tag: int, more: list[str]) -> str:
        match name:
            case "keygen" if tag in self._keys:
                return f"A device key already exists for sec tag {tag}"
            case "keygen":
                self._keys[tag] = ec.generate_private_key(ec.SECP256R1())
                return f"Generated device key for sec tag {tag}"
            case "delete" if self._keys.pop(tag, None) is None:
                return "Key deletion failed: -2"
            case "delete":
                return f"Deleted device key for sec tag {tag}"
            case "csr":
                return self._csr(tag, "".join(more) or f"CN={self._device_id}")
            case "pubkey" if tag not in self._keys:
                return "Public key export failed: -2"
            case "pubkey":
                point = (
                    self._keys[tag]
                    .public_key()
                    .public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
                )
                return f"PUBKEY: {base64.b64encode(point).decode()}\nPublic key export complete"
            case _:
                raise NoSuchCommand("Please specify a subcommand.")

    def _csr(self, tag: int, attributes: str) -> str:
        if tag not in self._keys:
            return "CSR generation failed: -2"
        try:
            der = request(self._keys[tag], attributes, KEY_USAGE)
        except ValueError:
            return "CSR generation failed: -22"
        return f"CSR: {base64.b64encode(der).decode()}\nCSR generation complete"


def _is_place(tag: str, kind: str) -> bool:
    return tag.isdecimal() and int(tag) < 2**32 and kind in _KINDS

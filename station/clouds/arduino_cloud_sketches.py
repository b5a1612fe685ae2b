"""What Arduino's cloud knows of products, and the sketches that it has for them.

Every image is checked by the SHA-256 that comes with it. The index of the old sketches is signed
too, with a key of the vendor's that is not published beside it: that signature is not checked, and
what an image is believed by is TLS to the vendor's server.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin, urlsplit

from station.clouds.arduino_cloud_options import ArduinoCloudOptions
from station.clouds.http import Caller, fetch_bytes
from station.clouds.replies import refused
from station.faults import CloudNonsense, ImageWrong, NotClaimable
from station.model import Support

MOST_INDEX_BYTES = 8_000_000
_GZIP = b"\x1f\x8b"
_LORA_TYPES = frozenset({"mkrwan1300", "mkrwan1310"})
_SUFFIXES = frozenset({".bin", ".elf", ".hex", ".uf2"})


class Products:
    """What the cloud offers for each product."""

    def __init__(self, caller: Caller, options: ArduinoCloudOptions) -> None:
        self._caller, self._options = caller, options
        self._supported: Mapping[str, Support] = {}

    @property
    def is_known(self) -> bool:
        """Whether the list of products is here."""
        return bool(self._supported)

    async def refresh(self) -> None:
        """Ask for the list of products that the cloud supports.

        Raises:
            CloudFault: the cloud does not tell.

        """
        reply = await self._caller.get("iot/v1/supported/devices")
        if reply.status != 200:
            raise refused(reply)
        if not isinstance(reply.body, list):
            raise CloudNonsense("the cloud's answer is no list of products")
        self._supported = {
            str(each["fqbn"]): _support(each)
            for each in reply.body
            if isinstance(each, Mapping) and each.get("fqbn")
        }

    async def support(self, fqbn: str) -> Support:
        """As `OnboardsBoards.support`; the list is the one of the last `refresh`."""
        if not self.is_known:
            await self.refresh()
        try:
            return self._supported[_without_options(fqbn)]
        except KeyError:
            raise NotClaimable(f"Arduino's cloud does not list {fqbn}") from None

    async def sketch(self, fqbn: str) -> tuple[bytes, str, str]:
        """As `OnboardsBoards.sketch`."""
        params = {"fqbn": _without_options(fqbn)}
        reply = await self._caller.get("iot/v2/binaries/provisioningv2", params)
        if reply.status == 404:
            raise NotClaimable(f"Arduino's cloud has no provisioning sketch for {fqbn}")
        if reply.status != 200:
            raise refused(reply)
        told = reply.body if isinstance(reply.body, Mapping) else {}
        texts = [told.get(name) for name in ("bin", "sha256", "filename")]
        if not all(isinstance(text, str) and text for text in texts):
            raise CloudNonsense("the cloud's answer is no sketch")
        try:
            image = base64.b64decode(str(told["bin"]), validate=True)
        except binascii.Error:
            raise CloudNonsense("the cloud's sketch is not in base64") from None
        return _checked(image, str(told["sha256"]), str(told["filename"]))

    async def legacy_sketch(self, fqbn: str, which: str) -> tuple[bytes, str, str]:
        """As `KeepsDevices.legacy_sketch`.

        The index has one sketch for a product. `which` must be the one that fits it: that for a
        secure element locks the chip for ever, which a LoRaWAN board does not need.
        """
        is_lora = _without_options(fqbn).rpartition(":")[2] in _LORA_TYPES
        if which != ("lora" if is_lora else "crypto"):
            raise NotClaimable(f"{fqbn} takes no sketch of the kind {which!r}")
        index = urljoin(f"{self._options.downloads_address.rstrip('/')}/", "binaries/index.json.gz")
        _, content = await fetch_bytes(index, self._options.timeout_s)
        found = _entry(_json(content), _without_options(fqbn))
        url, checksum = urljoin(index, str(found.get("url", ""))), str(found.get("checksum", ""))
        if urlsplit(url).scheme != urlsplit(index).scheme:
            raise ImageWrong("the index leads to another scheme than its own")
        _, image = await fetch_bytes(url, self._options.timeout_s)
        if str(found.get("size", len(image))) != str(len(image)):
            raise ImageWrong(f"it has {len(image)} bytes, not {str(found['size'])[:20]}")
        return _checked(image, checksum, urlsplit(url).path)


def _support(told: Mapping[str, Any]) -> Support:
    """Read one product: a version that is no text is none, for the cloud leaves out what it has not."""
    return Support(
        "2.0" if told.get("provisioning") == "v2" else "1.0",
        str(told.get("min_provisioning_sketch_version") or ""),
        str(told.get("min_provisioning_wifi_version") or ""),
    )


def _without_options(fqbn: str) -> str:
    return ":".join(fqbn.split(":")[:3])


def _checked(image: bytes, digest: str, name: str) -> tuple[bytes, str, str]:
    """Return the image, its digest and a name that is no path."""
    told = digest.strip().lower().removeprefix("sha-256:")
    found = hashlib.sha256(image).hexdigest()
    if found != told:
        raise ImageWrong(f"its SHA-256 is {found}, and the cloud tells {told[:64]}")
    file = PurePosixPath(name.replace("\\", "/"))
    if file.suffix.lower() not in _SUFFIXES:
        raise ImageWrong(f"{file.name[:60]!r} is no name of an image")
    return image, found, file.name


def _json(content: bytes) -> Any:
    try:
        return json.loads(_unpacked(content))
    except (ValueError, zlib.error):
        raise CloudNonsense("the index of sketches is not to be read") from None


def _unpacked(content: bytes) -> bytes:
    """Unpack what no transport has unpacked yet, to a size that fits into memory."""
    if not content.startswith(_GZIP):
        return content
    unpacker = zlib.decompressobj(wbits=31)
    unpacked = unpacker.decompress(content, MOST_INDEX_BYTES)
    if not unpacker.eof:
        raise ValueError("cut short, or too long")
    return unpacked


def _entry(index: Any, fqbn: str) -> Mapping[str, Any]:
    boards = index.get("boards") if isinstance(index, Mapping) else None
    if not isinstance(boards, list):
        raise CloudNonsense("the index of sketches lists no boards")
    for each in boards:
        if isinstance(each, Mapping) and each.get("fqbn") == fqbn:
            found = each.get("provision")
            if isinstance(found, Mapping):
                return found
    raise NotClaimable(f"there is no sketch of Provisioning 1.0 for {fqbn}")

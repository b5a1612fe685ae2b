"""The images to be flashed, kept on disk, so that a line that is offline can go on."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from station.faults import CloudFault, FolderForbidden, ImageMissing, ImageWrong
from station.model import Image

Fetch = Callable[[], Awaitable[tuple[bytes, str, str]]]
"""Returns an image, its SHA-256 in hex, and the name of its file."""

_LATEST = "latest.json"

FRESH_S = 3600.0


class Shelf:
    """A folder of images: each under its digest, with a list of the latest of each name.

    The folder is made when the first image is stored. One station at a time. What was fetched is
    not fetched again within `fresh_s` seconds: a shift of boards takes the same image.
    """

    def __init__(self, folder: Path, *, fresh_s: float = FRESH_S) -> None:
        self._folder = folder
        self._fresh_s = fresh_s
        self._turn = asyncio.Lock()
        self._fetched: dict[str, tuple[float, Image]] = {}

    async def image(self, name: str, fetch: Fetch) -> Image:
        """Return the image that `fetch` brings; when no cloud can, the last one of this `name`.

        Its `version` is what the cloud calls the file: there is no other sign of it.

        Raises:
            ImageWrong: its digest is not the one that came with it.
            ImageMissing: it can't be fetched, and no whole one is here.
            FolderForbidden: it can't be stored.

        """
        async with self._turn:
            if fresh := await self._fresh(name):
                return fresh
            try:
                content, sha256, file_name = await fetch()
            except CloudFault as fault:
                return await asyncio.to_thread(self._kept, name, fault)
            image = await asyncio.to_thread(self._keep, name, content, sha256.lower(), file_name)
            self._fetched[name] = monotonic(), image
            return image

    async def _fresh(self, name: str) -> Image | None:
        fetched_s, image = self._fetched.get(name, (0.0, None))
        if image is None or monotonic() - fetched_s > self._fresh_s:
            return None
        return image if await asyncio.to_thread(_is_whole, image) else None

    def _kept(self, name: str, fault: CloudFault) -> Image:
        told = self._latest().get(name)
        if not isinstance(told, dict):
            raise ImageMissing(f"{name}: {fault}") from fault
        image = Image(
            self._folder / str(told.get("file")),
            str(told.get("sha256")),
            str(told.get("version", "")),
        )
        try:
            _check(image)
        except (ImageMissing, ImageWrong) as spoilt:
            raise ImageMissing(f"{name}: {spoilt.detail}; {fault}") from fault
        return image

    def _keep(self, name: str, content: bytes, sha256: str, file_name: str) -> Image:
        found = hashlib.sha256(content).hexdigest()
        if found != sha256:
            raise ImageWrong(f"{file_name} has the SHA-256 {found}, not {sha256}")
        # What a cloud calls a file is no path of ours: only how it ends tells a tool something.
        suffix = match[0] if (match := re.search(r"\.[A-Za-z0-9]{1,8}$", file_name)) else ".bin"
        image = Image(self._folder / f"{sha256}{suffix}", sha256, file_name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not _is_whole(image):
                _write(image.path, content)
            told = {"file": image.path.name, "sha256": sha256, "version": image.version}
            latest = self._latest()
            if latest.get(name) != told:
                text = json.dumps({**latest, name: told}, indent=1, sort_keys=True)
                _write(self._folder / _LATEST, text.encode())
        except OSError as error:
            raise FolderForbidden(f"{self._folder}: {error.strerror}") from error
        return image

    def _latest(self) -> dict[str, Any]:
        try:
            told = json.loads((self._folder / _LATEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}


def pinned(path: Path, sha256: str) -> Image:
    """Return the image that a recipe names.

    Raises:
        ImageMissing: there is no such file.
        ImageWrong: it is not the one that the recipe's digest tells.

    """
    image = Image(path, sha256.lower())
    _check(image)
    return image


async def check(image: Image) -> None:
    """Look whether `image`, and what is written with it, is what it was.

    Raises:
        ImageMissing: the file has gone.
        ImageWrong: it has changed.

    """
    await asyncio.to_thread(_check, image)


def _check(image: Image) -> None:
    for file in image.files:
        _check_file(file)


def _check_file(image: Image) -> None:
    try:
        found = hashlib.sha256(image.path.read_bytes()).hexdigest()
    except OSError as error:
        raise ImageMissing(f"{image.path}: {error.strerror}") from error
    if found != image.sha256:
        raise ImageWrong(f"{image.path} has the SHA-256 {found}, not {image.sha256}")


def _is_whole(image: Image) -> bool:
    try:
        _check(image)
    except (ImageMissing, ImageWrong):
        return False
    return True


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, a power cut included."""
    temporary = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Have the new name reach the disk too; Windows can't open a folder, and needs no such help."""
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)

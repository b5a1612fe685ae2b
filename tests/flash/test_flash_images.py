"""The shelf: images for a line that is offline, and files that have changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from station.faults import (
    CloudBroken,
    CloudFault,
    CloudUnreachable,
    ImageMissing,
    ImageWrong,
)
from station.flash.images import Fetch, Shelf, check, pinned

FIRST, SECOND = b"first image" * 100, b"second image" * 100


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def bringing(content: bytes, name: str = "Provisioning_2.0.6.2.bin", sha256: str = "") -> Fetch:
    async def fetch() -> tuple[bytes, str, str]:
        return content, sha256 or digest(content), name

    return fetch


def failing(fault: CloudFault) -> Fetch:
    async def fetch() -> tuple[bytes, str, str]:
        raise fault

    return fetch


async def test_an_image_is_kept_under_its_digest(tmp_path: Path) -> None:
    image = await Shelf(tmp_path / "images").image("nano", bringing(FIRST))
    assert image.path == tmp_path / "images" / f"{digest(FIRST)}.bin"
    assert image.path.read_bytes() == FIRST
    assert image.version == "Provisioning_2.0.6.2.bin"
    left = {path.name for path in image.path.parent.iterdir()}
    assert left == {image.path.name, "latest.json"}


@pytest.mark.parametrize("fault", [CloudUnreachable("no route"), CloudBroken("status 502")])
async def test_offline_the_last_one_of_the_name_is_taken(tmp_path: Path, fault: CloudFault) -> None:
    shelf = Shelf(tmp_path, fresh_s=0)
    await shelf.image("nano", bringing(FIRST))
    latest = await shelf.image("nano", bringing(SECOND))
    await shelf.image("other", bringing(FIRST))
    again = await Shelf(tmp_path).image("nano", failing(fault))
    assert again == latest
    assert again.path.read_bytes() == SECOND


async def test_a_shift_of_boards_fetches_it_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    first = await shelf.image("nano", bringing(FIRST))
    assert await shelf.image("nano", bringing(SECOND)) == first
    assert (await shelf.image("other", bringing(SECOND))).sha256 == digest(SECOND)
    later = Shelf(tmp_path, fresh_s=0)
    await later.image("nano", bringing(FIRST))
    assert (await later.image("nano", bringing(SECOND))).sha256 == digest(SECOND)


async def test_offline_without_one_it_is_missing_and_why(tmp_path: Path) -> None:
    with pytest.raises(ImageMissing, match=r"nano: .*no route"):
        await Shelf(tmp_path).image("nano", failing(CloudUnreachable("no route")))


async def test_one_that_is_not_what_its_digest_says_is_not_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    with pytest.raises(ImageWrong):
        await shelf.image("nano", bringing(FIRST, sha256=digest(SECOND)))
    with pytest.raises(ImageMissing):
        await shelf.image("nano", failing(CloudUnreachable("")))


async def test_a_file_that_was_spoilt_on_the_shelf_is_noticed_and_fetched_anew(
    tmp_path: Path,
) -> None:
    shelf = Shelf(tmp_path)
    image = await shelf.image("nano", bringing(FIRST))
    image.path.write_bytes(FIRST[:-1])
    with pytest.raises(ImageMissing, match="has the SHA-256"):
        await shelf.image("nano", failing(CloudUnreachable("no route")))
    assert await shelf.image("nano", bringing(FIRST)) == image
    assert image.path.read_bytes() == FIRST


async def test_a_list_that_was_spoilt_is_begun_anew(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, fresh_s=0)
    image = await shelf.image("nano", bringing(FIRST))
    (tmp_path / "latest.json").write_bytes(b'{"nano": {"fi')
    with pytest.raises(ImageMissing):
        await shelf.image("nano", failing(CloudUnreachable("")))
    assert await shelf.image("nano", bringing(FIRST)) == image


async def test_a_name_from_the_cloud_is_no_path(tmp_path: Path) -> None:
    image = await Shelf(tmp_path / "images").image("nano", bringing(FIRST, "../../evil/x.elf"))
    assert image.path.parent == tmp_path / "images"
    assert image.path.suffix == ".elf"


async def test_a_pinned_image_is_the_one_that_was_pinned(tmp_path: Path) -> None:
    file = tmp_path / "thing.bin"
    with pytest.raises(ImageMissing):
        pinned(file, digest(FIRST))
    file.write_bytes(FIRST)
    image = pinned(file, digest(FIRST).upper())
    await check(image)
    file.write_bytes(SECOND)
    with pytest.raises(ImageWrong):
        pinned(file, digest(FIRST))
    with pytest.raises(ImageWrong):
        await check(image)

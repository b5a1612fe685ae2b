"""The log: no secret in it, bounded, and never in the way."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from station import logs
from station.faults import FolderForbidden

TOKEN = "2dn3hQFQUDY2VjQx-Q0KADR_.0oRDoQEmoQ"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    logs.begin(tmp_path / "line")
    yield tmp_path / "line" / logs.FILE
    for handler in root.handlers[:]:
        if handler not in before:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


@pytest.mark.parametrize(
    "said",
    [
        f"answer {TOKEN} end",
        f'%ATTESTTOKEN: "{TOKEN}"',
        "Authorization: Bearer s3cr3t-key.x",
        "b'authorization', b'bearer s3cr3t-key.x'",
        "BEARER  s3cr3t-key.x",
        "bearer: s3cr3t-key.x",
    ],
)
def test_tokens_and_bearer_words_are_blacked_out(log: Path, said: str) -> None:
    logging.getLogger("x").warning("before %s after", said)
    text = log.read_text("utf-8")
    assert "before" in text
    assert "•••" in text
    assert "s3cr3t" not in text
    assert TOKEN[8:] not in text


def test_tracebacks_are_blacked_out_too(log: Path) -> None:
    with pytest.raises(ValueError, match="invalid literal") as caught:
        int(TOKEN)
    logging.getLogger("x").error("oops", exc_info=caught.value)
    text = log.read_text("utf-8")
    assert "ValueError: invalid literal" in text
    assert TOKEN[8:] not in text


def test_a_secret_that_was_handed_out_is_never_shown(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "_known", set())
    assert logs.hiding(lambda name: SecretStr("hunter22"))("any").get_secret_value() == "hunter22"
    logging.getLogger("x").error("the word is hunter22, and that is all")
    assert "the word is •••, and" in log.read_text("utf-8")


def test_a_message_that_can_not_be_made_disturbs_nobody(
    log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # not by the root: pytest's own handler there would raise
    lonely = logging.Logger("x")
    lonely.addHandler(next(h for h in logging.getLogger().handlers if isinstance(h, logs._File)))
    lonely.error("%d apples", "no number")
    lonely.error("next")
    assert "next" in log.read_text("utf-8")
    assert capfd.readouterr().err == ""


def test_the_log_is_bounded(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = next(h for h in logging.getLogger().handlers if isinstance(h, logs._File))
    monkeypatch.setattr(handler, "maxBytes", 1000)
    for number in range(200):
        logging.getLogger("x").warning("line %d %s", number, "x" * 100)
    files = list(log.parent.iterdir())
    assert len(files) == logs.KEPT + 1
    assert all(file.stat().st_size <= 1000 for file in files)


def test_a_folder_that_can_not_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderForbidden, match="file"):
        logs.begin(tmp_path / "file" / "line")
    (tmp_path / "line" / logs.FILE).mkdir(parents=True)
    with pytest.raises(FolderForbidden, match="line"):
        logs.begin(tmp_path / "line")

"""Whom a recipe trusts: files beside it, each mistake named, and nobody asked at a terminal."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from station.clouds.trust import TrustOptions, tls_context
from station.faults import RecipeWrong, SecretMissing
from tests.clouds.papers import Paper

WORD = "correct horse"


def no_secret(name: str) -> SecretStr:
    raise SecretMissing(name)


def secret(name: str) -> SecretStr:
    return {"station-key": SecretStr(WORD), "wrong": SecretStr("battery")}[name]


def subjects(context: ssl.SSLContext) -> set[str]:
    told = context.get_ca_certs()
    return {value for each in told for ((_, value), *_) in each["subject"]}  # type: ignore[str-unpack]


@pytest.fixture
def options(tmp_path: Path) -> TrustOptions:
    certificate, key = Paper("station").save(tmp_path, WORD)
    return TrustOptions(
        client_certificate_file=certificate,
        client_key_file=key,
        client_key_passphrase_name="station-key",
    )


def test_a_private_authority_is_trusted_beside_the_others(tmp_path: Path) -> None:
    file, _ = Paper("Factory CA").save(tmp_path)
    usual = tls_context(TrustOptions(), tmp_path, no_secret)
    more = tls_context(TrustOptions(ca_file=file), tmp_path, no_secret)
    assert subjects(more) - subjects(usual) == {"Factory CA"}
    assert subjects(usual) <= subjects(more)
    assert more.verify_mode is ssl.CERT_REQUIRED
    assert more.check_hostname


def test_a_sealed_key_is_opened_with_its_word(tmp_path: Path, options: TrustOptions) -> None:
    assert tls_context(options, tmp_path, secret).check_hostname


@pytest.mark.parametrize("name", ["", "wrong"])
def test_a_sealed_key_without_its_word_is_a_mistake_not_a_question(
    tmp_path: Path, options: TrustOptions, name: str
) -> None:
    told = options.model_copy(update={"client_key_passphrase_name": name})
    with pytest.raises(RecipeWrong, match=r"client_certificate_file station\.pem") as caught:
        tls_context(told, tmp_path, secret)
    assert WORD not in str(caught.value)


def test_a_word_that_is_too_long_for_any_key(tmp_path: Path, options: TrustOptions) -> None:
    with pytest.raises(RecipeWrong, match="belong together"):
        tls_context(options, tmp_path, lambda _: SecretStr("x" * 2000))


def test_a_word_that_is_not_in_the_keystore(tmp_path: Path, options: TrustOptions) -> None:
    with pytest.raises(SecretMissing, match="station-key"):
        tls_context(options, tmp_path, no_secret)


def test_a_key_without_a_seal_needs_no_word(tmp_path: Path) -> None:
    certificate, key = Paper("station").save(tmp_path)
    told = TrustOptions(client_certificate_file=certificate, client_key_file=key)
    assert tls_context(told, tmp_path, no_secret).verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize("content", [None, b"", b"no PEM", b"\xff\x00", "folder"])
def test_an_authority_that_is_not_there_or_none(
    tmp_path: Path, content: bytes | str | None
) -> None:
    if content == "folder":
        (tmp_path / "ca.pem").mkdir()
    elif isinstance(content, bytes):
        (tmp_path / "ca.pem").write_bytes(content)
    with pytest.raises(RecipeWrong, match=r"^The recipe.*\(ca_file ca\.pem: \S.*\)$") as caught:
        tls_context(TrustOptions(ca_file=Path("ca.pem")), tmp_path, no_secret)
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("missing", ["station.pem", "station-key.pem"])
def test_a_file_that_is_missing_or_empty(
    tmp_path: Path, options: TrustOptions, missing: str
) -> None:
    (tmp_path / missing).unlink()
    with pytest.raises(RecipeWrong, match="No such file"):
        tls_context(options, tmp_path, secret)
    (tmp_path / missing).touch()
    with pytest.raises(RecipeWrong, match="belong together"):
        tls_context(options, tmp_path, secret)


def test_a_key_that_belongs_to_another_certificate(tmp_path: Path, options: TrustOptions) -> None:
    _, other = Paper("other").save(tmp_path)
    told = options.model_copy(update={"client_key_file": other})
    with pytest.raises(RecipeWrong, match="belong together"):
        tls_context(told, tmp_path, secret)


def test_a_key_alone_is_refused() -> None:
    with pytest.raises(ValidationError, match="needs client_certificate_file"):
        TrustOptions(client_key_file=Path("station-key.pem"))


def test_certificate_and_key_may_share_a_file(tmp_path: Path, options: TrustOptions) -> None:
    assert options.client_certificate_file
    assert options.client_key_file
    both = tmp_path / "both.pem"
    parts = (options.client_certificate_file, options.client_key_file)
    both.write_bytes(b"".join((tmp_path / part).read_bytes() for part in parts))
    told = options.model_copy(update={"client_certificate_file": both, "client_key_file": None})
    assert isinstance(tls_context(told, tmp_path, secret), ssl.SSLContext)
    alone = told.model_copy(update={"client_certificate_file": parts[0]})
    with pytest.raises(RecipeWrong, match="certificate and key"):
        tls_context(alone, tmp_path, secret)

from __future__ import annotations

import base64
import hashlib
from uuid import UUID

import cbor2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from station.faults import AnswerBroken, KeyMismatch
from station.model import SigningRequest
from station.wire import der, keygen

# Published answers of real modems, from the documents and tests of nRF Cloud's own tools.
DOCS = (
    "MIIBCjCBrwIBADAvMS0wKwYDVQQDDCQ1MDM2MzE1NC0zOTMxLTQ0ZjAtODAyMi0xMjFiNjQwMTYyN2QwWTATBgcqhkjO"
    "PQIBBggqhkjOPQMBBwNCAAQqD6pNfa29o_EXnw62bnQWr8-JqsNh_HZxS3k3bMD4KZ8-qxnvgeoiqQ5zAycEP_Wcmzqy"
    "pvwyf3qWMrZ2VB5aoB4wHAYJKoZIhvcNAQkOMQ8wDTALBgNVHQ8EBAMCA-gwDAYIKoZIzj0EAwIFAANIADBFAiEAv7OL"
    "Z_dXbszfhhjcLMUT72wTmw-z6GlgWxVhyWgR27ACIAvY_lPu3yfYZY5AL6uYTkUFp4GQkbSOUC_lsHyCxOuG.0oRDoQE"
    "moQRBIVhL2dn3hQlQUDYxVDkxRPCAIhIbZAFifUERWCBwKj1W8FsvclMdZQgl4gBB4unZMYw0toU6uQZuXHLoDFAbhyL"
    "uHetYFWbiyxNZsnzSWEDUiTl7wwFt0hEsCiEQsxj-hCtpBk8Za8UXfdAycpx2faCOPJIrkfmiSS8-Y6_2tTAoAMN1BiW"
    "iTOimY1wZE3Ud"
)
DOCS_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEZKgDx0O0FKa7i1yFoxYngNdV5Csyi4rEPHcFTfeBVtkkJX-G0QZs-yes"
    "fzIaPs91b4x5xYN_g28k63gkeVMJwA.0oRDoQEmoQRBIVhL2dn3hQhQUDYxVDkxRPCAIhIbZAFifUEQWCDlovwqMVoJ1"
    "W-x93Tqypy2v_1ALv3-GCF1R9gYIy2WVlBQXvxKqA9JTveFh3nVwce-WEAMltwSSkVh8jSBPhP79ndSG0HJTOaTF9SExI"
    "q-FstjdLUW2inxdvVfqzLa05rgXqxshN5vfQIs22QT-swCt30h"
)
EDITED = (
    "MIIBBzCBrwIBADAvMS0wKwYDVQQDDCQ1MDM0Mzk1Ni0zMDM3LTQ3MzgtODAwZC0xZjI5ZTBhMGY3YmYwWTATBgcqhkjO"
    "PQIBBggqhkjOPQMBBwNCAAR0N0OGqO91QKMOJdJpSsAQbotqXNto_B-3rAggRKfvLNjQxhwnNoBAZ-b8ecoNLAR3kZnx"
    "5G5K3PjNCSj3KD8hoB4wHAYJKoZIhvcNAQkOMQ8wDTALBgNVHQ8EBAMCA-gwCgYIKoZIzj0EAwIDRwAwRAIgV0WWIwPL"
    "ZCMXsl8a-Umc7yTL3V4FuA3a9IEB0I1zjLECIHkrki8nS8X27nfYSLnbz_5lBvOZQjMn1ttZChLW31WO.0oRDoQEmoQR"
    "BIVhN2dn3hQlQUDQ5VjA3RziADR8p4KD3v0MZBNNYIGn-n_c55m-bB8f3kplNZ51kSw1bFY6PN31dlRwicMIEUCcaM3CU"
    "JG_LHnzHUntrtTJYQFttq5NPZ1TWYvpAUNyulC71-ZJdtCdgaT3ejcV_GGFuD-7Z2A163d1uVjddQ7VukItM2jFWi2i5"
    "C4gnNAPmzeM"
)
NAMED_BY_UUID = (
    "MIIBCzCBrwIBADAvMS0wKwYDVQQDDCQ1MDM2Mzk1My0zMjM0LTQ3MjMtODBiOS0xNTAzZDg4MjcxYmYwWTATBgcqhkjO"
    "PQIBBggqhkjOPQMBBwNCAAQ37lDghqs2kF2iiH8lYRDDxNMiziQRPPdw9Meb1iHfTEZNdlB1xZzMV-oK6i52p1GHYQsz"
    "joDzUAZF2zU2MTGGoB4wHAYJKoZIhvcNAQkOMQ8wDTALBgNVHQ8EBAMCA-gwDAYIKoZIzj0EAwIFAANJADBGAiEAzaMP"
    "i5NcWFYZBJGBMk0tU-TBoNDVlQUzhHWJzXKRTWsCIQCWYpYqjccA281F5Geb8SwOP3tnjS_ZbAXUgVWhTVNuvg.0oRDo"
    "QEmoQRBIVhM2dn3hQlQUDY5UzI0RyOAuRUD2IJxv0IYNFggTaa7Z9K-8bQPz3YG5o_h32quNr0FHEtnX5VpEZ-8gflQY"
    "8D67v4xx32mF0L3-mbuuVhAfY3TgibaimIVPaN1C3Sz_oWj6JPf8sEOV2XNBDUNCV3sD3WdNOjgv32-rLXAx_vBIvpk1D"
    "TCb3Y97zqFhhdKlw"
)
NAMED_BY_IMEI = (
    "MIH4MIGeAgEAMB4xHDAaBgNVBAMME25yZi0zNTUwMjU5MzAwMDAwMDAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATY"
    "RrWI0v6LJWciuTlscw8E1TcOBJoygkALKecquhe-fr_QT_tcjC2DgmDyX1cjTubp7n_mUaf5ZJ1s-Ke-ABBuoB4wHAYJ"
    "KoZIhvcNAQkOMQ8wDTALBgNVHQ8EBAMCA-gwDAYIKoZIzj0EAwIFAANHADBEAiBDTS-I_ye8nJpB7vtO6FQWvnUhJnG6"
    "QsjRPo56nBFh2gIgPB5NW16dANAMmn0VLMBXGeRPTtoxOs5Ld1Z7JW46_8s.0oRDoQEmoQRBIVhM2dn3hQlQUDQ5VjA3"
    "RziADR8p4KD3v0IYNFggl3ygk__l-pZ9jtlsf0AyuFJlRaaEouhzYgau2zOcHwBQp2eEbVMiHVcHrE9R2670dlhA1a7j"
    "aKq3ALRx2h-h2TIkxxh82oyr4c4LqzraUecL8SFek-IbvEBfv30695FKOt3FXEk7y5G_JW3yaRQGczL3TQ"
)
UUID_OF_DOCS = "50363154-3931-44f0-8022-121b6401627d"
DEVICE = UUID(UUID_OF_DOCS)
KEY = ec.derive_private_key(7, ec.SECP256R1())


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def der_of(answer: str) -> bytes:
    half = answer.partition(".")[0]
    return base64.urlsafe_b64decode(half + "=" * (-len(half) % 4))


def request(name: str = "unit", key: ec.EllipticCurvePrivateKey = KEY) -> bytes:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)] if name else [])
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def spki(key: object) -> bytes:
    data = key.public_key().public_bytes(  # type: ignore[attr-defined]
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    assert isinstance(data, bytes)
    return data


def payload(
    data: bytes, *, kind: object = 9, tag: object = 17, digest: bytes | None = None
) -> bytes:
    digest = digest or hashlib.sha256(data).digest()
    body = [kind, DEVICE.bytes, cbor2.dumps(tag), digest, bytes(16)]
    return cbor2.dumps(cbor2.CBORTag(55799, body))


def answer(data: bytes, signed: object) -> str:
    cose = cbor2.CBORTag(18, [b"\xa1\x01\x26", {4: b"\x21"}, signed, bytes(64)])
    return f"{b64url(data)}.{b64url(cbor2.dumps(cose))}"


@pytest.mark.parametrize(
    ("published", "tag", "subject", "device"),
    [
        (DOCS, 17, UUID_OF_DOCS, UUID_OF_DOCS),
        (
            NAMED_BY_UUID,
            52,
            "50363953-3234-4723-80b9-1503d88271bf",
            "50363953-3234-4723-80b9-1503d88271bf",
        ),
        (NAMED_BY_IMEI, 52, "nrf-355025930000000", "50343956-3037-4738-800d-1f29e0a0f7bf"),
    ],
    ids=["documents", "named by UUID", "named by IMEI"],
)
def test_a_published_request_of_an_old_modem_is_repaired_and_read(
    published: str, tag: int, subject: str, device: str
) -> None:
    with pytest.raises(ValueError, match="ExtraData"):
        x509.load_der_x509_csr(der_of(published))
    read = keygen.read_request(published, tag, device)
    assert (read.subject, read.sec_tag, read.device_id) == (subject, tag, device)
    assert len(read.der) == len(der_of(published)) - 2
    strict = x509.load_der_x509_csr(read.der)
    assert strict.is_signature_valid
    assert keygen.read_request(published, tag) == read


def test_a_published_public_key_is_read() -> None:
    key = keygen.read_public_key(DOCS_KEY, 16, UUID_OF_DOCS)
    assert key == der_of(DOCS_KEY)
    assert hashlib.sha256(key).hexdigest().startswith("e5a2fc2a315a09d5")


def test_a_request_that_was_edited_after_it_was_signed_is_refused() -> None:
    assert x509.load_der_x509_csr(der_of(EDITED)).is_signature_valid
    with pytest.raises(KeyMismatch, match="the digest is another"):
        keygen.read_request(EDITED, 1235)


@pytest.mark.parametrize(
    ("tag", "device", "says"),
    [
        (16, UUID_OF_DOCS, "made for security tag 17, not 16"),
        (17, UUID_OF_DOCS.replace("7d", "7e"), f"made by {UUID_OF_DOCS}, not by"),
    ],
)
def test_a_request_of_another_unit_or_tag_is_refused(tag: int, device: str, says: str) -> None:
    with pytest.raises(KeyMismatch, match=says):
        keygen.read_request(DOCS, tag, device)


@pytest.mark.parametrize(("encoded", "tag"), [(-4, 4294967292), (-(2**31), 2**31), (0, 0)])
def test_a_tag_that_is_signed_as_negative_is_a_high_one(encoded: int, tag: int) -> None:
    data = request()
    assert keygen.read_request(answer(data, payload(data, tag=encoded)), tag).sec_tag == tag


def test_a_request_of_a_new_modem_stays_as_it_is() -> None:
    data = request()
    read = keygen.read_request(answer(data, payload(data)), 17)
    assert read == SigningRequest(data, "unit", 17, UUID_OF_DOCS)


CSR = request()
TAMPERED = CSR[:-1] + bytes([CSR[-1] ^ 1])
NAMELESS = request("")
RENAMED = CSR.replace(b"unit", b"tinu")


@pytest.mark.parametrize(
    ("text", "fault", "says"),
    [
        ("", AnswerBroken, "a half of the key's message is missing"),
        (DOCS.partition(".")[0], AnswerBroken, "a half of"),
        (DOCS.partition(".")[0] + ".", AnswerBroken, "a half of"),
        (DOCS[:-1], AnswerBroken, "cut off: the signature"),
        (DOCS[:-2], AnswerBroken, "cut off: the signature"),
        (DOCS[1:], AnswerBroken, "the certificate request"),
        (DOCS[4:], KeyMismatch, "the digest is another"),
        (DOCS.replace("-", "+"), AnswerBroken, "not base64url"),
        (DOCS * 9, AnswerBroken, "characters is too long"),
        (DOCS_KEY, AnswerBroken, "type 8, where type 9 is wanted"),
        (answer(CSR, payload(CSR) + b"\0"), AnswerBroken, "not encoded as a modem"),
        (answer(CSR, None), AnswerBroken, "holds no message"),
        (answer(CSR, b""), AnswerBroken, "cut off: the message ends"),
        (answer(CSR, cbor2.dumps([1, 2])), AnswerBroken, "not about a key"),
        (answer(CSR, payload(CSR, kind=True)), AnswerBroken, "not about a key"),
        (answer(CSR, payload(CSR, digest=bytes(31))), AnswerBroken, "not about a key"),
        (answer(CSR, payload(CSR, tag="17")), AnswerBroken, "tag is no number"),
        (answer(CSR, payload(CSR, tag=True)), AnswerBroken, "tag is no number"),
        (answer(b"\x30", payload(b"\x30")), AnswerBroken, "can't be read"),
        (answer(CSR[:-9], payload(CSR[:-9])), AnswerBroken, "can't be read"),
        (answer(RENAMED, payload(RENAMED)), KeyMismatch, "own signature is wrong"),
        (answer(NAMELESS, payload(NAMELESS)), AnswerBroken, "0 subjects"),
    ],
)
def test_a_broken_request_is_refused_with_the_reason(
    text: str, fault: type[AnswerBroken | KeyMismatch], says: str
) -> None:
    with pytest.raises(fault, match=says):
        keygen.read_request(text, 17)


def test_a_request_whose_signature_was_tampered_with_is_refused() -> None:
    with pytest.raises((KeyMismatch, AnswerBroken)):
        keygen.request_in(TAMPERED, 17)


def test_a_key_of_another_curve_is_refused() -> None:
    other = request(key=ec.derive_private_key(7, ec.SECP384R1()))
    with pytest.raises(AnswerBroken, match="P-256"):
        keygen.request_in(other, 17)
    for key in (ec.derive_private_key(7, ec.SECP384R1()), ed25519.Ed25519PrivateKey.generate()):
        data = spki(key)
        with pytest.raises(AnswerBroken, match="P-256"):
            keygen.read_public_key(answer(data, payload(data, kind=8)), 17)


def test_what_is_signed_as_a_public_key_must_be_one() -> None:
    with pytest.raises(AnswerBroken, match="no public key"):
        keygen.read_public_key(answer(CSR, payload(CSR, kind=8)), 17)


@given(st.integers(0, len(DOCS) - 1), st.sampled_from("ABCDEFZ059-_.? "))
def test_one_wrong_character_is_refused_or_changes_nothing_that_matters(
    place: int, wrong: str
) -> None:
    text = DOCS[:place] + wrong + DOCS[place + 1 :]
    try:
        read = keygen.read_request(text, 17, UUID_OF_DOCS)
    except (AnswerBroken, KeyMismatch):
        assert text != DOCS
    else:
        # The nonce and the modem's signature can't be checked here.
        assert read == keygen.read_request(DOCS, 17, UUID_OF_DOCS)


@given(st.binary(max_size=60))
def test_nothing_but_the_one_wrong_form_is_repaired(data: bytes) -> None:
    assert der.without_null_parameters(data) == data
    assert der.without_null_parameters(CSR + data) == CSR + data


@given(st.integers(0, 269), st.integers(1, 255))
def test_a_request_with_one_wrong_byte_is_never_repaired_into_a_good_one(
    place: int, flip: int
) -> None:
    good = der_of(DOCS)
    wrong = good[:place] + bytes([good[place] ^ flip]) + good[place + 1 :]
    with pytest.raises((AnswerBroken, KeyMismatch)):
        keygen.request_in(wrong, 17)


def test_a_long_request_keeps_its_lengths_right() -> None:
    named = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "o" * 60)] * 8
    names = x509.Name([*named, x509.NameAttribute(NameOID.COMMON_NAME, "unit")])
    builder = x509.CertificateSigningRequestBuilder().subject_name(names)
    good = builder.sign(KEY, hashes.SHA256()).public_bytes(Encoding.DER)
    algorithm = bytes.fromhex("300a06082a8648ce3d040302")
    at = good.rindex(algorithm)
    old_form = good[4:at] + bytes.fromhex("300c06082a8648ce3d0403020500") + good[at + 12 :]
    old = b"\x30\x82" + len(old_form).to_bytes(2, "big") + old_form
    assert der.without_null_parameters(old) == good
    assert keygen.request_in(old, 1).subject == "unit"

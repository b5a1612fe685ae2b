"""The vendor's CSV files: what is read is what was written, and damage is named by row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from station.csv_text import MISTAKES_TOLD
from station.faults import FileWrong
from station.model import Onboarding
from station.vendor_csv import (
    AttestedDevice,
    GatheredToken,
    InstalledDevice,
    claim_rows,
    read_attested,
    read_gathered,
    read_installed,
    read_onboarding,
    write_attested,
    write_gathered,
    write_installed,
    write_onboarding,
)

# Published: the vendor's claim example, and one of its documents' samples
TOKEN = (
    "2dn3hQFQSWHIc0CMRc6xunwNmdiBeQNQpNWAuar7SSW8jduV9zfUrlDi2RpLvSI7Lpj6UEpyjZUy"
    ".0oRDoQEmoQRBIfZYQOOK3tk8JPbQj97vYSUwvg2l4RWnI-HkW870dxWy6pirvWJ5ZfjLtJsP-R5C9MJNtMHkZEZNjI1bmMaMLInZWTE"
)
OTHER = (
    "2dn3hQFQUDYxVDkxRPCAIhIbZAFifQNQGv86y_GmR2SiY0wmRsHGVFDT791_BPH8YOWFiyCHND1q"
    ".0oRDoQEmoQRBIfZYQGuXwJliinHc6xDPruiyjsaXyXZbZVpUuOhHG9YS8L05VuglCcJhMN4EUhWVGpaHgNnHHno6ahi-d5tOeZmAcNY"
)
UUID, OTHER_UUID = "4961c873-408c-45ce-b1ba-7c0d99d88179", "50363154-3931-44f0-8022-121b6401627d"
IMEI, TIME = "003525900000001", "2026-07-29T10:20:30+00:00"
AT = datetime(2026, 7, 29, 10, 20, 30, tzinfo=UTC)
ROW = f"{IMEI},{UUID},{TOKEN},{TIME}"
GATHERED = GatheredToken(IMEI, UUID, SecretStr(TOKEN), AT)
PEM = "-----BEGIN CERTIFICATE-----\nMIIB/+==\nAA\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{ROW}\n",
        ROW,
        f"{ROW}\r\n",
        f"\ufeff{ROW}\r\n",
        f"\n\r\n{ROW}\n\n",
        f"imei,uuid,token,time\n{ROW}\n",
        f"\ufeffIMEI,UUID,Token,Time\r\n{ROW}\r\n",
        f"time,token,note,imei,uuid\n{TIME},{TOKEN},bench 3,{IMEI},{UUID}\n",
        f'"{IMEI}","{UUID.upper()}","{TOKEN}","{TIME}"\n',
        f" {IMEI} ,{UUID}\t, {TOKEN},{TIME} \n",
        f"{IMEI},{UUID},{TOKEN},2026-07-29T10:20:30Z\n",
        f"{IMEI},{UUID},{TOKEN},2026-07-29T12:20:30+02:00\n",
        f"{IMEI},{UUID},{TOKEN},2026-07-29T10:20:30\n",
    ],
)
def test_gathered_tokens_are_read_as_they_come(text: str) -> None:
    assert read_gathered(text) == (GATHERED,)


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", "imei,uuid,token,time\n", ",,,\n"])
def test_a_file_may_hold_nothing(text: str) -> None:
    assert read_gathered(text) == ()


def test_zeros_in_front_and_the_order_of_rows_survive() -> None:
    second = GatheredToken("000000000000007", OTHER_UUID, SecretStr(OTHER), AT)
    text = write_gathered([GATHERED, second])
    assert text == f"{ROW}\n000000000000007,{OTHER_UUID},{OTHER},{TIME}\n"
    assert read_gathered(text) == (GATHERED, second)


def one(number: int, cell: str) -> str:
    cells = ROW.split(",")
    cells[number] = cell
    return ",".join(cells)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (one(0, "3525900000001"), "row 1, column imei: 15 digits, not 13: has a spreadsheet"),
        (one(0, "3.52590E+12"), "row 1, column imei: 15 digits"),
        (one(0, "٣٥٢٥٩٠٠٠٠٠٠٠٠٠١"), "row 1, column imei: 15 digits"),
        (one(0, "[00:00:07.123,4"), "row 1: 4 cells .*, not 5"),
        (one(0, "=cmd|' /C calc'!A0"), "row 1, column imei: 15 digits"),
        (one(1, OTHER_UUID), f"row 1, column uuid: the token speaks of {UUID}"),
        (one(1, ""), "row 1, column uuid: the token speaks of"),
        (one(2, TOKEN[:-1]), "row 1, column token: cut off"),
        (one(2, TOKEN[:76]), "row 1, column token: cut off: the second half is missing"),
        (one(2, TOKEN[:90]), "row 1, column token: cut off"),
        (one(2, f"{TOKEN}A"), "row 1, column token: "),
        (one(2, ""), "row 1, column token: "),
        (one(3, "yesterday"), "row 1, column time: a time in ISO 8601"),
        (ROW.replace(",", ";"), "row 1: 4 cells .* by commas and not by semicolons, not 1"),
        (f"{ROW},more", r"row 1: 4 cells \(imei,uuid,token,time\), not 5"),
        (f"{ROW}\n{IMEI}\n", "row 2: 4 cells"),
        (f"imei,uuid,token,time\n{ROW}\n{one(0, '1')}\n", "row 3, column imei"),
        (f'{ROW}\n"{IMEI},', "row 2: not CSV"),
        (f'{ROW}\n"a"b,c', "row 2: not CSV"),
        (f"{'x' * 140_000},", "row 1: not CSV"),
    ],
)
def test_damage_is_named_by_row_and_column(text: str, said: str) -> None:
    with pytest.raises(FileWrong, match=f"{said}") as caught:
        read_gathered(text)
    assert caught.value.code == "FILE-WRONG"
    assert TOKEN[:40] not in str(caught.value)


def test_every_bad_row_is_told_but_not_a_thousand() -> None:
    bad = "\n".join([one(0, "1")] * 100)
    with pytest.raises(FileWrong) as caught:
        read_gathered(bad)
    assert caught.value.detail.count("column imei") == MISTAKES_TOLD
    assert caught.value.detail.endswith(f"; and {100 - MISTAKES_TOLD} more")


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    for read in (read_gathered, read_attested, read_installed, read_onboarding):
        with suppress(FileWrong):
            assert isinstance(read(text), tuple)


@pytest.mark.parametrize(
    "text",
    [
        f"deviceId,attestationToken\n{UUID},{TOKEN}\n",
        f"{UUID},{TOKEN}",
        f"attestationToken,name,deviceId\r\n{TOKEN},x,{UUID}\r\n",
    ],
)
def test_devices_with_their_tokens(text: str) -> None:
    device = AttestedDevice(UUID, SecretStr(TOKEN))
    assert read_attested(text) == (device,)
    assert write_attested([device]) == f"deviceId,attestationToken\n{UUID},{TOKEN}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{OTHER_UUID},{TOKEN}", "row 1, column deviceId: the token speaks of"),
        (f"a b,{TOKEN}", "row 1, column deviceId: letters"),
        (f"{UUID},{TOKEN[:100]}", "row 1, column attestationToken: cut off"),
    ],
)
def test_a_device_with_a_token_of_another(text: str, said: str) -> None:
    with pytest.raises(FileWrong, match=said):
        read_attested(text)


def test_installed_devices() -> None:
    devices = (
        InstalledDevice("nrf-352590000000001", "mfw_nrf91x1_2.0.2", IMEI),
        InstalledDevice(UUID, "mfw_nrf9160_1.3.0-FOTA-TEST", "352590000000002"),
    )
    text = write_installed(devices)
    assert text.splitlines()[0] == f"nrf-352590000000001,mfw_nrf91x1_2.0.2,{IMEI}"
    assert read_installed(text) == read_installed(f"id,mfw,imei\n{text}") == devices
    with pytest.raises(FileWrong, match="row 1, column mfw: a modem firmware such as"):
        read_installed(f"{UUID},uart:~$ 3550259,{IMEI}")


UNIT = Onboarding(UUID, PEM, "tracker@v2", ("line-1", "a.b:c"), ("APP", "MODEM", "BOOT"))


def test_onboarding_rows_are_what_the_cloud_takes() -> None:
    text = write_onboarding([UNIT])
    assert text == f'{UUID},tracker@v2,line-1|a.b:c,APP|MODEM|BOOT,"{PEM}"\n'
    assert read_onboarding(text) == (UNIT,)


@pytest.mark.parametrize("pem", [PEM.rstrip(), PEM.replace("\n", "\r\n"), f"\n{PEM}\n\n"])
def test_a_certificate_ends_with_a_newline(pem: str) -> None:
    unit = Onboarding(UUID, pem)
    text = write_onboarding([unit, unit])
    assert [row[4] for row in csv.reader(io.StringIO(text, newline=""))] == [PEM, PEM]
    assert read_onboarding(text)[0].certificate == PEM
    assert read_onboarding(text.replace("\n", "\r\n"))[1].certificate == PEM


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"device_id": "=HYPERLINK(1)"}, "deviceId"),
        ({"device_id": "x" * 129}, "deviceId"),
        ({"device_id": ""}, "deviceId"),
        ({"device_id": 'a","b'}, "deviceId"),
        ({"device_id": "a\nb"}, "deviceId"),
        ({"sub_type": "a b"}, "subType"),
        ({"sub_type": "x" * 800}, "subType"),
        ({"tags": ("a,b",)}, "tags"),
        ({"tags": ("", "b")}, "tags"),
        ({"firmware_types": ("APP", "RADIO")}, "fwTypes"),
        ({"certificate": ""}, "certificate"),
        ({"certificate": PEM + PEM}, "certificate"),
        ({"certificate": PEM.replace("AA", 'A"A')}, "certificate"),
        ({"certificate": PEM.replace("CERTIFICATE", "PRIVATE KEY")}, "certificate"),
    ],
)
def test_what_can_not_stand_in_a_row_is_not_written(more: dict[str, Any], column: str) -> None:
    unit = Onboarding(**{"device_id": UUID, "certificate": PEM, **more})
    with pytest.raises(FileWrong, match=f"row 1, column {column}: "):
        write_onboarding([unit])


@pytest.mark.parametrize(
    ("write", "bad"),
    [
        (write_gathered, GatheredToken("1", UUID, SecretStr(TOKEN), AT)),
        (write_gathered, GatheredToken(IMEI, UUID, SecretStr(TOKEN[:-3]), AT)),
        (write_attested, AttestedDevice("@SUM(1)", SecretStr(TOKEN))),
        (write_installed, InstalledDevice(UUID, "+1,2", IMEI)),
    ],
)
def test_no_writer_lets_damage_out(write: Callable[[list[Any]], str], bad: object) -> None:
    with pytest.raises(FileWrong, match="row"):
        write([bad])


def test_claims_are_quoted_whatever_they_hold() -> None:
    tokens = [SecretStr("plain"), SecretStr('q"uo,te\nd')]
    text = claim_rows(tokens, ("a", "b"))
    assert text.startswith('"plain","a,b"\n')
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows == [["plain", "a,b"], ['q"uo,te\nd', "a,b"]]

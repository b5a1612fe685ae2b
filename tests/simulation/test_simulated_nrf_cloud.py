from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx
import pytest

from station.simulation import attestation
from station.simulation.nrf91_unit import NRF9151, NRF9160, Product, Unit
from station.simulation.nrf_cloud import SimulatedNrfCloud

KEY = "a-key-that-is-never-told"
RULE = {
    "name": "nRF Cloud Onboarding",
    "active": True,
    "tags": ["nrf-cloud-onboarding"],
    "commands": [{"request": {"cloudAccessKeyGeneration": {"secTag": 16842753}}}],
}


def token_of(number: int, product: Product = NRF9151) -> str:
    unit = Unit(number, product)
    nonce = bytes(16)
    return attestation.issue(unit.uuid, product.device_type, product.firmware_uuid, nonce).text()


def uuid_of(number: int) -> str:
    return str(Unit(number).uuid)


@pytest.fixture
async def cloud() -> AsyncIterator[SimulatedNrfCloud]:
    async with SimulatedNrfCloud(api_key=KEY) as cloud:
        yield cloud


@pytest.fixture
async def client(cloud: SimulatedNrfCloud) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {KEY}"}
    async with httpx.AsyncClient(base_url=cloud.address, headers=headers) as client:
        yield client


async def claim(client: httpx.AsyncClient, number: int, **more: Any) -> httpx.Response:
    return await client.post("/claimed-devices", json={"claimToken": token_of(number), **more})


async def dry_run(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post("/claimed-devices?dryrun=true", json={"claimToken": token})


async def test_hello_tells_where_and_the_key(cloud: SimulatedNrfCloud) -> None:
    assert cloud.hello == {
        "http": cloud.address,
        "api_key": KEY,
        "project_http": f"{cloud.address}/organizations/acme/projects/trackers",
        "project_token": cloud.organization_token,
    }
    assert cloud.address.startswith("http://127.0.0.1:")
    assert cloud.address.endswith("/v1")


@pytest.mark.parametrize("path", ["/claimed-devices", "/identities/claimed-devices"])
async def test_a_device_is_claimed_once(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient, path: str
) -> None:
    body = {"claimToken": token_of(1), "tags": ["a"]}
    first = await client.post(path, json=body)
    again = await client.post(path, json=body)

    assert first.status_code == 201
    device = first.json()
    assert device["id"] == uuid_of(1)
    assert device["imei"] == Unit(1).imei
    assert (device["deviceType"], device["tags"]) == ("nrf9151_LACA", ["a"])
    assert (again.status_code, again.json()) == (409, {"message": "Device is already claimed"})
    assert cloud.account.claims_asked == {uuid_of(1): 2}
    assert cloud.account.claims_made == {uuid_of(1): 1}


async def test_a_dry_run_changes_nothing(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    reply = await dry_run(client, token_of(1))

    assert (reply.status_code, reply.content) == (202, b"")
    assert cloud.account.claimed == {}
    assert not cloud.account.claims_asked


async def test_a_device_of_another_team_can_be_neither_claimed_nor_let_go(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    cloud.account.elsewhere.add(uuid_of(1))

    assert (await dry_run(client, token_of(1))).status_code == 409
    assert (await claim(client, 1)).status_code == 409
    assert (await client.get(f"/claimed-devices/{uuid_of(1)}")).status_code == 404
    assert (await client.delete(f"/claimed-devices/{uuid_of(1)}")).status_code == 404


async def test_a_device_let_go_can_be_claimed_anew(client: httpx.AsyncClient) -> None:
    await claim(client, 1)
    path = f"/claimed-devices/{uuid_of(1)}"

    assert (await client.get(path)).json()["id"] == uuid_of(1)
    assert (await client.delete(path)).status_code == 204
    assert (await client.delete(path)).status_code == 404
    assert (await claim(client, 1)).status_code == 201


def forged() -> str:
    return token_of(1)[:77] + token_of(2)[77:]


@pytest.mark.parametrize(
    "token",
    [forged(), token_of(1)[:101], token_of(1, NRF9160), "nonsense", ""],
    ids=["forged", "cut", "nrf9160", "nonsense", "empty"],
)
async def test_a_bad_token_is_refused_and_never_repeated(
    client: httpx.AsyncClient, token: str
) -> None:
    for reply in (
        await dry_run(client, token),
        await client.post("/claimed-devices", json={"claimToken": token}),
    ):
        assert reply.status_code == 422
        assert reply.json()["message"]
        assert len(token) < 9 or token not in reply.text


@pytest.mark.parametrize("content", [b"not json{", b"[]", b'{"claimToken": 5}', b"{}"])
async def test_a_body_without_a_token_is_refused(client: httpx.AsyncClient, content: bytes) -> None:
    headers = {"content-type": "application/json"}
    reply = await client.post("/claimed-devices", content=content, headers=headers)

    assert reply.status_code in {400, 422}


@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic abc", "Bearer", "Bearer \xe9"])
async def test_without_the_key_nothing_is_told(
    cloud: SimulatedNrfCloud, header: str | None
) -> None:
    headers = {} if header is None else {b"Authorization": header.encode("latin-1")}
    async with httpx.AsyncClient(base_url=cloud.address) as stranger:
        reply = await stranger.get("/claimed-devices", headers=headers)

    assert (reply.status_code, reply.json()) == (401, {"message": "Unauthorized"})


async def test_unknown_paths_and_methods(client: httpx.AsyncClient) -> None:
    assert (await client.get("/nowhere")).status_code == 404
    assert (await client.patch("/claimed-devices")).status_code == 405


async def test_csv_claims_many_as_the_vendors_client_sends_it(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    rows = [f'"{token_of(n)}","nrf-cloud-onboarding,other"' for n in (1, 2)] + ['"junk","x"']
    reply = await client.post(
        "/claimed-devices", content="\n".join(rows), headers={"contentType": "text/csv"}
    )

    assert reply.status_code == 201
    assert reply.json()["claimedIds"] == [uuid_of(1), uuid_of(2)]
    assert [row["row"] for row in reply.json()["failed"]] == [2]
    assert cloud.account.claimed[uuid_of(1)].tags == ("nrf-cloud-onboarding", "other")


async def test_csv_without_any_good_row_is_an_error_with_the_rows(
    client: httpx.AsyncClient,
) -> None:
    await claim(client, 1)
    headers = {"content-type": "text/csv"}
    reply = await client.post("/claimed-devices", content=f'"{token_of(1)}"', headers=headers)

    assert reply.status_code == 422
    assert reply.json()["failed"] == [{"row": 0, "message": "Device is already claimed"}]


@pytest.mark.parametrize("count", [0, 1001])
async def test_csv_has_a_limit_of_rows(client: httpx.AsyncClient, count: int) -> None:
    headers = {"content-type": "text/csv"}
    reply = await client.post("/claimed-devices", content='"x"\n' * count, headers=headers)

    assert reply.status_code == 400


async def test_one_tag_with_a_comma_is_two(client: httpx.AsyncClient) -> None:
    reply = await claim(client, 1, tags=["a,b"])

    assert reply.json()["tags"] == ["a", "b"]


async def test_lists_are_paged_with_tokens_that_need_encoding(client: httpx.AsyncClient) -> None:
    for number in range(45):
        await claim(client, number)
    found, query, pages = [], {"pageLimit": "15"}, 0
    while True:
        page = (await client.get("/claimed-devices", params=query)).json()
        found += [item["id"] for item in page["items"]]
        pages += 1
        if "pageNextToken" not in page:
            break
        query["pageNextToken"] = page["pageNextToken"]

    assert (pages, page["total"]) == (3, 45)
    assert found == [uuid_of(number) for number in range(45)]
    first = (await client.get("/claimed-devices?pageLimit=1")).json()
    assert quote(first["pageNextToken"]) != first["pageNextToken"]


@pytest.mark.parametrize("query", ["pageLimit=0", "pageLimit=x", "pageNextToken=%21"])
async def test_bad_pages_are_refused(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"/claimed-devices?{query}")).status_code == 400


async def test_a_rule_beyond_the_first_page_is_found_by_turning_it(
    client: httpx.AsyncClient,
) -> None:
    for number in range(21):
        await client.post("/provisioning-rules", json={**RULE, "name": str(number), "tags": []})
    await client.post("/provisioning-rules", json=RULE)
    first = (await client.get("/provisioning-rules")).json()

    assert RULE["name"] not in [rule["name"] for rule in first["items"]]
    second = await client.get(
        "/provisioning-rules", params={"pageNextToken": first["pageNextToken"]}
    )
    assert second.json()["items"][-1]["name"] == RULE["name"]


async def test_tags_are_kept_once(client: httpx.AsyncClient) -> None:
    tag = {"tag": "nrf-cloud-onboarding", "description": "made for a rule"}

    assert (await client.post("/provisioning/tags", json=tag)).status_code == 201
    assert (await client.post("/provisioning/tags", json=tag)).status_code == 409
    assert (await client.post("/provisioning/tags", json={})).status_code == 422
    assert (await client.get("/provisioning/tags")).json()["items"] == [tag]


async def test_a_rule_without_its_fields_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post("/provisioning-rules", json={"name": "x"})).status_code == 422


async def test_a_rules_commands_wait_until_the_device_has_been_online(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    assert (await client.post("/provisioning-rules", json=RULE)).status_code == 201
    await claim(client, 1, tags=["nrf-cloud-onboarding"])
    await claim(client, 2, tags=["another"])
    commands = f"/claimed-devices/{uuid_of(1)}/provisioning"

    assert (await client.get(commands)).json()["items"] == []
    assert [c["status"] for c in cloud.account.claimed[uuid_of(1)].waiting] == ["PENDING"]
    assert cloud.account.claimed[uuid_of(2)].waiting == []
    assert (await client.get(f"/devices/{uuid_of(1)}")).status_code == 404

    cloud.account.come_online(uuid_of(1))
    cloud.account.come_online(uuid_of(3))
    told = (await client.get(commands)).json()["items"]
    assert [command["status"] for command in told] == ["SUCCEEDED"]
    assert (await client.get(f"/devices/{uuid_of(1)}")).status_code == 200
    assert (await client.get("/devices")).json()["total"] == 1

    await client.delete(f"/claimed-devices/{uuid_of(1)}")
    assert (await client.get("/devices")).json()["total"] == 0


async def test_commands_are_put_in_a_queue_of_twenty(client: httpx.AsyncClient) -> None:
    await claim(client, 1)
    path = f"/claimed-devices/{uuid_of(1)}/provisioning"
    command = {"description": "last", "request": {"finished": {}}}
    made = [await client.post(path, json=command) for _ in range(21)]

    assert [reply.status_code for reply in made] == [201] * 20 + [422]
    one = f"{path}/{made[0].json()['id']}"
    assert (await client.get(one)).json()["status"] == "PENDING"
    assert (await client.delete(one)).status_code == 204
    assert (await client.get(one)).status_code == 404
    assert (await client.post(path, json={"request": {}})).status_code == 422
    nobodys = f"/claimed-devices/{UUID(int=0)}/provisioning"
    assert (await client.post(nobodys, json=command)).status_code == 404


async def test_the_account_has_a_team(client: httpx.AsyncClient) -> None:
    assert (await client.get("/account")).json()["team"]["tenantId"]


async def test_every_request_is_in_the_log(
    cloud: SimulatedNrfCloud, client: httpx.AsyncClient
) -> None:
    await dry_run(client, token_of(1))
    await client.get("/nowhere")

    told = [(asked.method, asked.path, asked.status) for asked in cloud.log]
    assert told == [("POST", "/v1/claimed-devices", 202), ("GET", "/v1/nowhere", 404)]
    assert token_of(1) not in repr(cloud.log)

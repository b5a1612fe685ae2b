"""Runs ThingsBoard's own REST client against a simulated one: `drive_thingsboard_rest.py TASK`.

Standard input is a line of JSON with the server's address, who may call, and what the task needs;
what the client's models made of the answers goes to standard output, as JSON. It is run by the
virtual environment that the client lives in.
"""

import importlib
import json
import sys
import uuid
from collections.abc import Callable
from typing import Any

rest: Any = importlib.import_module("tb_ce_client.client")
models: Any = importlib.import_module("tb_ce_client.models")
exceptions: Any = importlib.import_module("tb_ce_client.exceptions")

Told = dict[str, Any]
DEFAULT, SERVER = {"type": "DEFAULT"}, "SERVER_SCOPE"


def refusal(call: Callable[[], Any]) -> list[Any]:
    """Return the status, code and words that a call is refused with."""
    try:
        call()
    except exceptions.ApiException as no:
        told = json.loads(no.body)
        return [no.status, told["errorCode"], told["message"]]
    return []


def made_profile(client: Any, name: str, strategy: str, key: str) -> Any:
    asked = {"type": strategy, "provisionDeviceSecret": "secret-1"}
    return client.save_device_profile(
        models.DeviceProfile(
            name=name,
            type="DEFAULT",
            transport_type="DEFAULT",
            provision_type=strategy,
            provision_device_key=key,
            profile_data=models.DeviceProfileData.from_dict(
                {
                    "configuration": DEFAULT,
                    "transportConfiguration": DEFAULT,
                    "provisionConfiguration": asked,
                }
            ),
        )
    )


def made_device(client: Any, name: str = "dev1", token: str = "tok-1") -> Any:  # noqa: S107
    return client.save_device(models.Device(name=name), access_token=token)


def sign_in(client: Any, told: Told) -> Told:
    """Come by password, by key, with a key made just now, and with what is wrong."""
    user = client.get_user()
    key = client.save_api_key(
        models.ApiKeyInfo(description="line 1", enabled=True, user_id=user.id, expiration_time=0)
    )
    by_key = rest.ThingsboardClient(told["http"], api_key=key.value)
    again = by_key.get_user().email
    listed = [each.description for each in client.get_user_api_keys(str(user.id.id), 10, 0).data]
    client.enable_api_key(key.id.id, enabled_value=False)
    disabled = refusal(by_key.get_user)
    client.delete_api_key(key.id.id)
    wrong = refusal(lambda: rest.ThingsboardClient(told["http"], told["username"], "wrong"))
    client.logout()
    return {
        "user": [user.email, user.authority.value],
        "again": again,
        "listed": listed,
        "disabled": disabled,
        "wrong": wrong,
    }


def profiles(client: Any, told: Told) -> Told:
    made = made_profile(client, "P1", told["strategy"], "key-1")
    shown = client.get_device_profile_by_id(str(made.id.id))
    taken = refusal(lambda: made_profile(client, "P2", told["strategy"], "key-1"))
    made.description = "sensors of line 1"
    changed = client.save_device_profile(made)
    stale = refusal(lambda: client.save_device_profile(made))
    names = [each.name for each in client.get_device_profile_infos(10, 0).data]
    device = client.save_device(models.Device(name="dev1", device_profile_id=made.id))
    in_use = refusal(lambda: client.delete_device_profile(str(made.id.id)))
    client.delete_device(str(device.id.id))
    client.delete_device_profile(str(made.id.id))
    return {
        "key": shown.provision_device_key,
        "asked": shown.profile_data.provision_configuration.to_dict(),
        "changed": [changed.description, changed.version],
        "refused": [taken[2], stale[:2], in_use[2]],
        "names": names,
    }


def devices(client: Any, told: Told) -> Told:
    made = made_device(client)
    taken = refusal(lambda: made_device(client, token="tok-2"))
    found = client.get_tenant_device_by_name("dev1")
    found.name = "dev2"
    renamed = client.save_device(found)
    customer = client.save_customer(models.Customer(title="Kent"))
    known = client.get_tenant_customer("Kent")
    client.assign_device_to_customer(str(known.id.id), str(made.id.id))
    info = client.get_device_info_by_id(str(made.id.id))
    back = client.unassign_device_from_customer(str(made.id.id))
    listed = client.get_tenant_device_infos(10, 0, text_search="DEV2")
    client.delete_device(str(made.id.id))
    gone = refusal(lambda: client.get_device_by_id(str(made.id.id)))
    return {
        "same": [str(found.id.id) == str(made.id.id), customer.id.id == known.id.id],
        "name": renamed.name,
        "assigned": [info.customer_title, info.device_profile_name, info.active],
        "back": str(back.customer_id.id),
        "listed": [[each.name for each in listed.data], listed.total_elements, listed.has_next],
        "refused": [taken, gone],
    }


def credentials(client: Any, told: Told) -> Told:
    """Read, replace, be late with an older copy, want what another has, and make with a triple."""
    made, other = made_device(client), made_device(client, "dev2", "tok-2")
    held = client.get_device_credentials_by_device_id(str(made.id.id))
    first, held.credentials_id = held.credentials_id, "tok-3"
    changed = client.update_device_credentials(held)
    stale = refusal(lambda: client.update_device_credentials(held))
    changed.credentials_id = "tok-2"
    taken = refusal(lambda: client.update_device_credentials(changed))
    triple = json.dumps({"clientId": "c", "userName": "u", "password": "p"})
    given = models.DeviceCredentials(
        id=models.DeviceCredentialsId(id=uuid.uuid4()),
        device_id=other.id,
        credentials_type="MQTT_BASIC",
        credentials_id="",
        credentials_value=triple,
    )
    basic = client.save_device_with_credentials(
        models.SaveDeviceWithCredentialsRequest(
            device=models.Device(name="dev3"), credentials=given
        )
    )
    kept = client.get_device_credentials_by_device_id(str(basic.id.id))
    return {
        "first": first,
        "kind": held.credentials_type.value,
        "version": [held.version, changed.version],
        "refused": [stale[:2], taken[2]],
        "triple": [kept.credentials_type.value, json.loads(kept.credentials_value)],
    }


def attributes(client: Any, told: Told) -> Told:
    """Write, read and delete; the client has no model for the list that is read."""
    device = str(made_device(client).id.id)

    def read(**only: Any) -> dict[str, Any]:
        whole = client.get_attributes_by_scope_with_http_info("DEVICE", device, SERVER, **only)
        rows = [models.AttributeData.from_dict(each) for each in json.loads(whole.raw_data)]
        return {row.key: row.value for row in rows}

    client.save_device_attributes(
        device, SERVER, json.dumps({"batch": "B-42", "serial": "0012345"})
    )
    client.save_entity_attributes_v1("DEVICE", device, SERVER, '{"a,b": 1}')
    client.save_entity_attributes_v2("DEVICE", device, SERVER, '{"unit": {"serial": "0012"}}')
    some, comma = read(keys="serial,unit"), read(key=["a,b", "batch"])
    client.delete_device_attributes(device, SERVER, keys="serial")
    client.delete_entity_attributes("DEVICE", device, SERVER, key=["a,b"])
    refused = refusal(lambda: client.save_device_attributes(device, "CLIENT_SCOPE", '{"a": 1}'))
    return {"some": some, "comma": comma, "left": read(), "refused": refused[:1]}


def bulk(client: Any, told: Told) -> Told:
    """Load a list with a token that comes twice, then see what there is, page by page."""
    kinds = ("NAME", "TYPE", "ACCESS_TOKEN", "SERVER_ATTRIBUTE")
    columns = [models.ColumnMapping(type=kind) for kind in kinds]
    columns[3].key = "batch"
    done = client.process_devices_bulk_import(
        models.BulkImportRequest(
            file=told["file"],
            mapping=models.Mapping(columns=columns, delimiter=",", update=False, header=True),
        )
    )
    names: list[str] = []
    page: Any = None
    while page is None or page.has_next:
        page = client.get_tenant_devices(2, len(names) // 2, sort_property="name", sort_order="ASC")
        names += [each.name for each in page.data]
    told_of = [done.created, done.updated, done.errors]
    return {"done": told_of, "errors": done.errors_list, "names": names}


def claim(client: Any, told: Told) -> Told:
    """Open a window by the attribute, claim as the customer's user, and take the device back."""
    made = made_device(client)
    window = {"secretKey": "on-the-label", "expirationTime": told["ends_ms"]}
    client.save_device_attributes(str(made.id.id), SERVER, json.dumps({"claimingData": window}))
    customer = rest.ThingsboardClient(told["http"], *told["customer"])

    def claimed(secret: str) -> Any:
        return customer.claim_device_with_http_info("dev1", models.ClaimRequest(secret_key=secret))

    try:
        claimed("wrong")
    except exceptions.ApiException as no:
        wrong = [no.status, json.loads(no.body)]
    else:
        wrong = []
    yes = json.loads(claimed("on-the-label").raw_data)
    customer.re_claim_device("dev1")
    after = client.get_device_info_by_id(str(made.id.id))
    return {
        "wrong": wrong,
        "yes": [yes["response"], yes["device"]["name"]],
        "forbidden": refusal(lambda: client.claim_device("dev1", models.ClaimRequest()))[:2],
        "after": after.customer_title,
    }


def audit(client: Any, told: Told) -> Told:
    device = client.get_tenant_device_by_name("dev1")
    asked = {"action_types": "PROVISION_SUCCESS,PROVISION_FAILURE"}
    page = client.get_audit_logs_by_entity_id("DEVICE", str(device.id.id), 10, 0, **asked)
    return {
        "told": [[each.action_type.value, each.action_status.value] for each in page.data],
        "request": page.data[0].action_data["provisionRequest"],
    }


TASKS: dict[str, Callable[[Any, Told], Told]] = {
    each.__name__: each
    for each in (sign_in, profiles, devices, credentials, attributes, bulk, claim, audit)
}


def main() -> None:
    told = json.loads(sys.stdin.readline())
    with rest.ThingsboardClient(told["http"], told["username"], told["password"]) as client:
        json.dump(TASKS[sys.argv[1]](client, told), sys.stdout)


main()

"""Entities as ThingsBoard's REST API tells them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from station.simulation.thingsboard_nouns import (
    CHAIN,
    DISABLED,
    NOBODY,
    ApiKey,
    Customer,
    Device,
    Event,
    Profile,
    User,
)


def ref(kind: str, of: str) -> dict[str, str]:
    """Return an id as the API tells it."""
    return {"entityType": kind, "id": of}


def device(of: Device) -> dict[str, Any]:
    """Return a device."""
    return {
        "id": ref("DEVICE", of.id),
        "createdTime": of.created_ms,
        "tenantId": ref("TENANT", of.tenant),
        "customerId": ref("CUSTOMER", of.customer),
        "name": of.name,
        "type": of.profile.name,
        "label": of.label,
        "deviceProfileId": ref("DEVICE_PROFILE", of.profile.id),
        "additionalInfo": of.info,
        "version": of.version,
    }


def device_info(of: Device, customer: Customer | None) -> dict[str, Any]:
    """Return a device with what belongs to it."""
    return {
        **device(of),
        "customerTitle": customer.title if customer else None,
        "customerIsPublic": False,
        "deviceProfileName": of.profile.name,
        "active": of.attributes["SERVER_SCOPE"].get("active") is True,
    }


def credentials(of: Device) -> dict[str, Any]:
    """Return a device's credentials."""
    return {
        "id": {"id": of.credentials_id},
        "createdTime": of.created_ms,
        "deviceId": ref("DEVICE", of.id),
        "credentialsType": of.credentials.type,
        "credentialsId": of.credentials.lookup,
        "credentialsValue": of.credentials.value,
        "version": of.credentials_version,
    }


def profile(of: Profile) -> dict[str, Any]:
    """Return a device profile, with its secret."""
    asked: dict[str, Any] = {"type": of.provision_type, "provisionDeviceSecret": of.secret}
    if of.provision_type == CHAIN:
        asked["certificateRegExPattern"] = of.cn_pattern
        asked["allowCreateNewDevicesByX509Certificate"] = of.may_create
    if of.provision_type == DISABLED:
        asked["provisionDeviceSecret"] = None
    return {
        "id": ref("DEVICE_PROFILE", of.id),
        "createdTime": of.created_ms,
        "tenantId": ref("TENANT", of.tenant),
        "name": of.name,
        "description": of.description,
        "type": "DEFAULT",
        "transportType": of.transport,
        "provisionType": of.provision_type,
        "profileData": {
            "configuration": {"type": "DEFAULT"},
            "transportConfiguration": {"type": of.transport},
            "provisionConfiguration": asked,
            "alarms": None,
        },
        "provisionDeviceKey": of.key,
        "default": of.is_default,
        "version": of.version,
    }


def profile_info(of: Profile) -> dict[str, Any]:
    """Return a device profile without what is secret."""
    return {
        "id": ref("DEVICE_PROFILE", of.id),
        "tenantId": ref("TENANT", of.tenant),
        "name": of.name,
        "type": "DEFAULT",
        "transportType": of.transport,
    }


def customer(of: Customer) -> dict[str, Any]:
    """Return a customer."""
    return {
        "id": ref("CUSTOMER", of.id),
        "createdTime": of.created_ms,
        "tenantId": ref("TENANT", of.tenant),
        "title": of.title,
        "name": of.title,
    }


def user(of: User) -> dict[str, Any]:
    """Return a user, without the password."""
    return {
        "id": ref("USER", of.id),
        "tenantId": ref("TENANT", of.tenant),
        "customerId": ref("CUSTOMER", of.customer),
        "email": of.email,
        "name": of.email,
        "authority": of.authority,
    }


def api_key(of: ApiKey, *, with_value: bool) -> dict[str, Any]:
    """Return an API key; its value is shown once."""
    told = {
        "id": ref("API_KEY", of.id),
        "createdTime": of.created_ms,
        "userId": ref("USER", of.user),
        "description": of.description,
        "enabled": of.enabled,
        "expirationTime": of.expires_ms,
    }
    return {**told, "value": of.value} if with_value else told


def audit(of: Event) -> dict[str, Any]:
    """Return an event as the audit log has it; a failure reads SUCCESS too."""
    return {
        "id": {"id": of.id},
        "createdTime": of.at_ms,
        "tenantId": ref("TENANT", of.tenant),
        "customerId": ref("CUSTOMER", NOBODY),
        "entityId": ref("DEVICE", of.device),
        "entityName": of.name,
        "userId": ref("USER", NOBODY),
        "userName": of.name,
        "actionType": of.kind,
        "actionData": {"provisionRequest": of.request},
        "actionStatus": "SUCCESS",
        "actionFailureDetails": "",
    }


def page(of: Sequence[dict[str, Any]], size: int, number: int) -> dict[str, Any]:
    """Return page `number`, from 0, of what there is."""
    pages = math.ceil(len(of) / size)
    return {
        "data": list(of[number * size : (number + 1) * size]),
        "totalPages": pages,
        "totalElements": len(of),
        "hasNext": number + 1 < pages,
    }

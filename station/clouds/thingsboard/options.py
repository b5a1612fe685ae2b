"""What a recipe's `[cloud]` table may hold for ThingsBoard."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from station.clouds.trust import TrustOptions
from station.model import Strategy

_Secret = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]

STRATEGIES: Final = {
    "allow new": Strategy.ALLOW_NEW,
    "pre-provisioned": Strategy.PRE_PROVISIONED,
    "certificate chain": Strategy.CERTIFICATE_CHAIN,
}
TRANSPORT_PROFILES: Final = {"http": "DEFAULT", "mqtt": "MQTT", "coap": "COAP"}


class ThingsBoardOptions(TrustOptions):
    """One server, one product's profile on it, and the way there."""

    address: str = Field(
        default="https://thingsboard.cloud",
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="the base address of the server: its REST API, and its HTTP for devices",
    )
    device_address: str = Field(
        default="",
        pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*)?)?$",
        examples=["https://devices.example.com"],
        description="the base address of its HTTP for devices, where that is another",
    )
    mqtt_address: str = Field(
        default="",
        pattern=r"^(mqtts?://[^\s/?#]+)?$",
        examples=["mqtts://mqtt.thingsboard.cloud:8883"],
        description="mqtt:// or mqtts://, host and port (1883 and 8883 unless told)",
    )
    coap_address: str = Field(
        default="",
        pattern=r"^(coaps?://[^\s/?#]+)?$",
        examples=["coap://coap.thingsboard.cloud:5683"],
        description="coap:// or coaps://, host and port (5683 and 5684 unless told); coaps needs "
        "the station's extra 'coaps'",
    )
    provision_path: str = Field(
        default="api/v1/provision",
        pattern=r"^[^\s/?#:]+(/[^\s?#]*)?$",  # never another server: the secret goes there
        description="the path of provisioning by HTTP and CoAP, below the base address",
    )
    transport: Literal["http", "mqtt", "coap"] = Field(
        default="http", description="the way that the unit is provisioned, and proven to be let in"
    )
    mqtt_version: Literal["3.1.1", "5"] = Field(
        default="3.1.1", description="the version of MQTT that is spoken"
    )
    strategy: Literal["allow new", "pre-provisioned", "certificate chain"] = Field(
        default="allow new", description="which devices the profile lets in"
    )
    profile: str = Field(
        default="",
        max_length=255,
        examples=["Tracker"],
        description="the name of the device profile; empty: the one with the provision key",
    )
    sign_in: Literal["api key", "password", "none"] = Field(
        default="api key",
        description="how the register is opened: an API key (ThingsBoard 4.3 and later), a user's "
        "password, or not at all: then a refusal can't be explained",
    )
    user: str = Field(
        default="",
        max_length=255,
        description="whose password it is",
        examples=["line@example.com"],
    )
    provision_key_name: _Secret = Field(
        default="thingsboard-provision-key",
        description="the name under which the keystore holds the profile's key; never the key",
    )
    provision_secret_name: _Secret = Field(
        default="thingsboard-provision-secret",
        description="the name under which the keystore holds the profile's secret",
    )
    api_key_name: _Secret = Field(
        default="thingsboard-api-key", description="the name under which it holds the API key"
    )
    password_name: _Secret = Field(
        default="thingsboard-password", description="the name under which it holds the password"
    )
    timeout_s: float = Field(
        default=15.0,
        gt=0,
        le=60,
        description="how long an answer is waited for; the server itself gives up after 10 s",
    )
    connections: int = Field(
        default=8, ge=1, le=64, description="how many connections provisioning may use at a time"
    )
    requests_a_second: float | None = Field(
        default=None, gt=0, description="how fast the register may be asked; its tenant has a limit"
    )

    @model_validator(mode="after")
    def _is_whole(self) -> ThingsBoardOptions:
        if self.sign_in == "password" and not self.user:
            raise ValueError("sign_in = 'password' needs user")
        if self.transport == "mqtt" and not self.mqtt_address:
            raise ValueError("transport = 'mqtt' needs mqtt_address")
        if self.transport == "coap" and not self.coap_address:
            raise ValueError("transport = 'coap' needs coap_address")
        if self.strategy == "pre-provisioned" and self.sign_in == "none":
            raise ValueError("strategy = 'pre-provisioned' registers units first: it needs sign_in")
        if self.strategy == "certificate chain" and not self.mqtt_address.startswith("mqtts://"):
            raise ValueError("strategy = 'certificate chain' needs mqtt_address with mqtts://")
        return self

    @property
    def devices(self) -> str:
        """The base address of HTTP for devices."""
        return self.device_address or self.address

    @property
    def told_strategy(self) -> Strategy:
        """The strategy in the server's words."""
        return STRATEGIES[self.strategy]

"""What a recipe's `[cloud]` table may hold for Arduino's cloud."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_ADDRESS = r"^https?://[^/\s@]+(/\S*)?$"
_SECRET_NAME = r"^[a-z0-9][a-z0-9-]*$"  # noqa: S105 - what a name looks like, no secret
_UUID = r"^$|^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


class ArduinoCloudOptions(BaseModel):
    """One account: a user's own space, or an organization's. Addresses are settings for a stage."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str = Field(
        default="https://api2.arduino.cc", pattern=_ADDRESS, description="base address of the API"
    )
    audience: str = Field(
        default="https://api2.arduino.cc/iot",
        pattern=_ADDRESS,
        description="what tokens are asked for; it stays as it is when only the address changes",
    )
    downloads_address: str = Field(
        default="https://cloud-downloads.arduino.cc",
        pattern=_ADDRESS,
        description="where the sketches of Provisioning 1.0 are; no key goes there",
    )
    client_id_name: str = Field(
        default="arduino-client-id",
        pattern=_SECRET_NAME,
        description="the name under which the keystore holds the API key's client id",
    )
    client_secret_name: str = Field(
        default="arduino-client-secret",
        pattern=_SECRET_NAME,
        description="the name under which the keystore holds the API key's client secret",
    )
    organization: str = Field(
        default="", pattern=_UUID, description="the organization's id; empty: the user's own space"
    )
    ca: str = Field(
        default="Arduino_v2",
        min_length=1,
        description="the authority that certificates of Provisioning 1.0 come from",
    )
    delete_for_good: bool = Field(
        default=False, description="false: a device that is deleted goes to the cloud's bin"
    )
    timeout_s: float = Field(
        default=10.0, gt=0, le=60, description="seconds that the cloud may take to answer"
    )
    requests_a_second: float = Field(
        default=10.0,
        gt=0,
        le=1000,
        description="the account's limit; the entry plan has 1",
    )
    first_look_s: float = Field(
        default=2.0, gt=0, le=60, description="seconds until a young onboarding is looked at again"
    )
    poll_s: float = Field(
        default=10.0, gt=0, le=600, description="seconds until an older one is looked at again"
    )

    @model_validator(mode="after")
    def _grows(self) -> Self:
        if self.first_look_s > self.poll_s:
            raise ValueError("first_look_s is not longer than poll_s")
        return self

    @property
    def ask_on_401(self) -> str:
        """What the engineer is asked when the key is refused, in plain words."""
        whose = f"organization {self.organization}" if self.organization else "no organization"
        return (
            f"Do {self.client_id_name} and {self.client_secret_name} hold the id and the secret of"
            f" one API key, and is that a key of {whose}, as the recipe says?"
        )

"""`arduino_secrets.h`: what a sketch of Provisioning 1.0 is compiled with, by the cloud's own names."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from station.clouds import Cloud
from station.faults import FolderForbidden, RecipeWrong
from station.model import (
    EthernetNetwork,
    LoraNetwork,
    MobileNetwork,
    Network,
    WifiNetwork,
)
from station.procedures.arduino_steps import keeps
from station.run import Run

FILE = "arduino_secrets.h"


class SecretsOptions(BaseModel):
    """Where the file is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    network: str = Field(
        default="", description="the network that the sketch joins, as 'station networks list' says"
    )
    secrets_folder: str = Field(
        default="",
        description="write arduino_secrets.h into a folder of this one, named after the unit; it "
        "holds the network's password in clear, for the sketch is compiled with it",
    )


def header(names: Mapping[str, SecretStr]) -> str:
    """Return the file's text: a definition a line, quoted as C wants it.

    Raises:
        RecipeWrong: a value holds what no such line can.

    """
    return "".join(f'#define {name} "{_quoted(name, value)}"\n' for name, value in names.items())


def values(network: Network | None, names: tuple[str, ...]) -> dict[str, SecretStr]:
    """Return what the network gives for each name that it knows, in the order of `names`."""
    known = _known(network) if network else {}
    found = {}
    for name in names:
        word = re.sub(r"^SECRET_(OPTIONAL_|WIFI_)?", "", name)
        if word in known:
            found[name] = known[word]
    return found


async def write_secrets(
    run: Run, cloud: Cloud, device_type: str, unit: str, more: Mapping[str, SecretStr]
) -> None:
    """Write the file for a unit, if the recipe wants one; `more` are names beside the network's.

    Raises:
        RecipeWrong: the network lacks what the cloud says that the sketch needs.
        FolderForbidden: it can't be written.

    """
    options = run.options(SecretsOptions)
    if not options.secrets_folder:
        return
    network = run.network(options.network) if options.network else None
    found: dict[str, SecretStr] = dict(more)
    if network:
        names = await keeps(cloud).secret_names(device_type, network.connection)
        found = values(network, names) | found
        if missing := [each for each in names if each not in found and "OPTIONAL" not in each]:
            raise RecipeWrong(f"the network {options.network!r} has nothing for {missing[0]}")
    folder = run.folder / options.secrets_folder / folder_name(unit)
    write_whole(folder / FILE, header(found))


def folder_name(unit: str) -> str:
    """Return what a unit's folder is called: its serial number, as far as that is no path."""
    return re.sub(r"[^\w.-]|^\.", "_", unit)


def write_whole(path: Path, text: str) -> None:
    """Write a file that nobody but this user may read, wholly or not at all.

    Raises:
        FolderForbidden: it can't be written.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        with open(
            os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as exc:
        raise FolderForbidden(f"{path}: {exc.strerror}") from None


def _quoted(name: str, value: SecretStr) -> str:
    text = value.get_secret_value()
    if not text.isprintable():
        raise RecipeWrong(f"{name} holds a letter that no sketch can be compiled with")
    # "??" begins a trigraph in older C: "??" and a slash is a backslash
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return re.sub(r"\?(?=\?)", '?""', escaped)


def _known(network: Network) -> Mapping[str, SecretStr]:
    """Return what a network knows, by the last word of the names that the cloud has for it."""
    match network:
        case WifiNetwork():
            return {"SSID": SecretStr(network.ssid), "PASS": network.password}
        case MobileNetwork():
            return {
                "PIN": network.pin,
                "APN": SecretStr(network.apn),
                "LOGIN": SecretStr(network.login),
                "PASS": network.password,
            }
        case LoraNetwork():
            return {"APP_EUI": SecretStr(network.app_eui), "APP_KEY": network.app_key}
        case EthernetNetwork():
            told = {
                "IP": network.ip,
                "DNS": network.dns,
                "GATEWAY": network.gateway,
                "NETMASK": network.netmask,
            }
            return {name: SecretStr(str(value)) for name, value in told.items() if value}

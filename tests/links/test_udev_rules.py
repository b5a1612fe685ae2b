"""The udev rules say what the boards need, in lines that udev reads."""

from __future__ import annotations

import re
from pathlib import Path

RULES = Path(__file__).parents[2] / "packaging/udev/70-provisioning-station.rules"

VENDORS = {"1915", "1366", "2341", "2a03", "35d1"}
BOOT_LOADERS = {"2341", "35d1", "2e8a"}

TERM = re.compile(r'[A-Z]+(\{[\w]+\})?(==|!=|=|\+=)"[^"]*"')


def rules() -> list[str]:
    lines = RULES.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_every_line_is_terms_with_commas() -> None:
    for line in rules():
        for term in line.split(", "):
            assert TERM.fullmatch(term), term


def test_modemmanager_leaves_every_vendor_alone() -> None:
    ignored = [line for line in rules() if 'ENV{ID_MM_DEVICE_IGNORE}="1"' in line]
    devices = [line for line in ignored if 'SUBSYSTEM=="usb"' in line]
    ports = [line for line in ignored if line.startswith("ATTRS{idVendor}")]
    told = [set(re.findall(r'idVendor\}=="([^"]+)"', line)[0].split("|")) for line in devices]
    assert told == [VENDORS]
    assert {re.findall(r'idVendor\}=="(\w+)"', line)[0] for line in ports} == VENDORS


def test_the_ports_can_be_opened() -> None:
    for line in rules():
        if line.startswith("ATTRS{idVendor}"):
            assert 'GROUP="dialout"' in line
            assert 'MODE="0660"' in line
            assert 'TAG+="uaccess"' in line


def test_boot_loaders_without_a_port_can_be_opened() -> None:
    line, probes = (line for line in rules() if 'SUBSYSTEM=="usb"' in line and "GROUP" in line)
    assert 'ATTR{idVendor}=="1366|0d28"' in probes
    assert set(re.findall(r'idVendor\}=="([^"]+)"', line)[0].split("|")) == BOOT_LOADERS
    assert 'GROUP="dialout", MODE="0660", TAG+="uaccess"' in line

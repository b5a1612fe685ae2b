"""The Arduino products that are known: what they show on USB, can do, and how they are flashed.

The numbers are those of the board packages' `boards.txt` files and of Arduino's own tools. What a
cloud says of a product's version of provisioning comes before what stands here.
"""

from __future__ import annotations

from station.model import Connection, Flashing, Gesture, Hardware, Tool

ARDUINO = 0x2341
FINDER = 0x35D1
"""An Opta may bear the vendor id of the firm that sells it too."""

_WIFI, _ETHERNET = Connection.WIFI, Connection.ETHERNET

RP2040_ROM, ESP32_S3_ROM = (0x2E8A, 0x0003), (0x303A, 0x1001)
CHIP_ROMS = frozenset({RP2040_ROM, ESP32_S3_ROM})
"""What the chips' own boot loaders show: every product with such a chip shows the same."""


def _ids(*pids: int, vid: int = ARDUINO) -> tuple[tuple[int, int], ...]:
    return tuple((vid, pid) for pid in pids)


def _samd(boot_pid: int, *more: int) -> Flashing:
    return Flashing(
        Tool.BOSSAC,
        ("-U", "true", "-i", "-e", "-w", "-v", "-R"),
        touch=True,
        changes_port=True,
        boot_ids=_ids(boot_pid, *more),
    )


def _stm32(boot_pid: int, boot_ids: tuple[tuple[int, int], ...] = ()) -> Flashing:
    return Flashing(
        Tool.DFU_UTIL,
        ("--device", f"0x2341:0x{boot_pid:04x}", "-a0", "--dfuse-address=0x08040000:leave"),
        touch=True,
        changes_port=True,
        boot_ids=boot_ids or _ids(boot_pid),
    )


def _always(gesture: Gesture) -> tuple[tuple[str, Gesture], ...]:
    return (("0", gesture),)


def _pin(pin: str, note: str = "") -> tuple[tuple[str, Gesture], ...]:
    return _always(Gesture(pin=pin, note=note))


def _of_2_0(
    title: str,
    fqbn: str,
    ids: tuple[tuple[int, int], ...],
    connections: tuple[Connection, ...],
    secure_element: str,
    *,
    flashing: Flashing,
    gestures: tuple[tuple[str, Gesture], ...],
    provisioning: str = "2.0",
    has_bluetooth_agent: bool = True,
) -> Hardware:
    return Hardware(
        title,
        fqbn,
        ids,
        provisioning,
        can_2_0=True,
        connections=connections,
        has_bluetooth_agent=has_bluetooth_agent,
        has_serial_agent=True,
        secure_element=secure_element,
        flashing=flashing,
        gestures=gestures,
    )


def _of_1_0(
    title: str,
    fqbn: str,
    ids: tuple[tuple[int, int], ...],
    connections: tuple[Connection, ...],
    secure_element: str = "",
    *,
    flashing: Flashing | None = None,
) -> Hardware:
    return Hardware(
        title,
        fqbn,
        ids,
        "1.0",
        can_2_0=False,
        connections=connections,
        has_bluetooth_agent=False,
        has_serial_agent=False,
        secure_element=secure_element,
        flashing=flashing,
    )


_OPTA_BOOT = _ids(0x0364) + _ids(0x0364, vid=FINDER)

BOARDS: tuple[Hardware, ...] = (
    _of_2_0(
        "UNO R4 WiFi",
        "arduino:renesas_uno:unor4wifi",
        _ids(0x1002, 0x006D),
        (_WIFI,),
        "software, in the ESP32-S3",
        # its bridge restarts the processor behind it and stays what it is
        flashing=Flashing(Tool.BOSSAC, ("-d", "-U", "-e", "-w", "-R"), touch=True),
        gestures=_pin("2"),
    ),
    _of_2_0(
        "Opta WiFi",
        "arduino:mbed_opta:opta",
        _ids(0x0264) + _ids(0x0264, vid=FINDER),
        (_WIFI, _ETHERNET),
        "ECCX08",
        flashing=_stm32(0x0364, _OPTA_BOOT),
        gestures=_always(Gesture(button="BTN_USER", led="LED_USER")),
    ),
    _of_2_0(
        "Opta Lite or RS485",
        "arduino:mbed_opta:opta",
        _ids(0x0064, 0x0164) + _ids(0x0064, 0x0164, vid=FINDER),
        (_ETHERNET,),
        "ECCX08",
        flashing=_stm32(0x0364, _OPTA_BOOT),
        gestures=_always(Gesture(button="BTN_USER", led="LED_BUILTIN")),
        has_bluetooth_agent=False,
    ),
    _of_2_0(
        "Portenta H7",
        "arduino:mbed_portenta:envie_m7",
        _ids(0x025B, 0x045B, 0x055B),
        (_WIFI, _ETHERNET, Connection.CAT_M1, Connection.CELLULAR),
        "ECCX08",
        flashing=_stm32(0x035B),
        gestures=_pin("0", "Take it off a Portenta Machine Control first: on one it does nothing."),
    ),
    _of_2_0(
        "GIGA R1 WiFi",
        "arduino:mbed_giga:giga",
        _ids(0x0266, 0x0466),
        (_WIFI,),
        "ECCX08",
        flashing=_stm32(0x0366),
        gestures=_pin("7"),
    ),
    _of_2_0(
        "Nicla Vision",
        "arduino:mbed_nicla:nicla_vision",
        _ids(0x025F, 0x045F, 0x055F),
        (_WIFI,),
        "SE050",
        flashing=_stm32(0x035F),
        gestures=_pin("PA_13"),
    ),
    _of_2_0(
        "Portenta C33",
        "arduino:renesas_portenta:portenta_c33",
        _ids(0x0068),
        (_WIFI, _ETHERNET, Connection.CELLULAR),
        "SE050",
        flashing=Flashing(
            Tool.DFU_UTIL,
            ("--device", "0x2341:0x0068,:0x0368", "-a0", "-Q"),
            boot_ids=_ids(0x0368),
        ),
        gestures=_pin("0"),
        provisioning="1.0",
    ),
    _of_2_0(
        "MKR WiFi 1010",
        "arduino:samd:mkrwifi1010",
        _ids(0x8054),
        (_WIFI,),
        "ECCX08",
        flashing=_samd(0x0054),
        gestures=_pin("7"),
        provisioning="1.0",
    ),
    _of_2_0(
        "Nano 33 IoT",
        "arduino:samd:nano_33_iot",
        _ids(0x8057),
        (_WIFI,),
        "ECCX08",
        flashing=_samd(0x0057),
        gestures=_pin("2"),
        provisioning="1.0",
    ),
    _of_2_0(
        "Nano RP2040 Connect",
        "arduino:mbed_nano:nanorp2040connect",
        _ids(0x005E, 0x805E),
        (_WIFI,),
        "ECCX08",
        flashing=Flashing(
            Tool.UF2,
            touch=True,
            changes_port=True,
            boot_ids=(RP2040_ROM, *_ids(0x015E, 0x025E)),
            suffix=".elf",
        ),
        # library 0.5.0 turned the level round; Arduino's documents tell of the one before
        gestures=(("0", Gesture(pin="2", to="3.3V")), ("0.5.0", Gesture(pin="2"))),
        provisioning="1.0",
    ),
    _of_1_0(
        "MKR 1000 WiFi",
        "arduino:samd:mkr1000",
        _ids(0x804E, 0x824E),
        (_WIFI,),
        "ECCX08",
        flashing=_samd(0x004E, 0x024E),
    ),
    _of_1_0(
        "MKR GSM 1400",
        "arduino:samd:mkrgsm1400",
        _ids(0x8052),
        (Connection.GSM,),
        "ECCX08",
        flashing=_samd(0x0052),
    ),
    _of_1_0(
        "MKR NB 1500",
        "arduino:samd:mkrnb1500",
        _ids(0x8055),
        (Connection.NB_IOT,),
        "ECCX08",
        flashing=_samd(0x0055),
    ),
    _of_1_0(
        "MKR WAN 1300",
        "arduino:samd:mkrwan1300",
        _ids(0x8053),
        (Connection.LORA,),
        "ECCX08",
        flashing=_samd(0x0053),
    ),
    _of_1_0(
        "MKR WAN 1310",
        "arduino:samd:mkrwan1310",
        _ids(0x8059),
        (Connection.LORA,),
        "ECCX08",
        flashing=_samd(0x0059),
    ),
    _of_1_0(
        "Nano ESP32",
        "arduino:esp32:nano_nora",
        _ids(0x0070),
        (_WIFI,),
        flashing=Flashing(
            Tool.DFU_UTIL, ("--device", "0x2341:0x0070", "-Q"), boot_ids=(ESP32_S3_ROM,)
        ),
    ),
    _of_1_0("Portenta X8", "arduino:python:portenta_x8", _ids(0x0061), (_WIFI, _ETHERNET), "SE050"),
    _of_1_0(
        "Edge Control",
        "arduino:mbed_edge:edge_control",
        _ids(0x805D),
        (),
        flashing=Flashing(
            Tool.BOSSAC,
            ("-d", "-U", "-i", "-e", "-w", "-R"),
            touch=True,
            changes_port=True,
            boot_ids=_ids(0x005D),
        ),
    ),
    # These bear no marks of their own; a sketch of the customer's holds their secret device key.
    _of_1_0("ESP32", "esp32:esp32:esp32", (), (_WIFI,)),
    _of_1_0("ESP8266", "esp8266:esp8266:generic", (), (_WIFI,)),
    _of_1_0("Raspberry Pi Pico W", "rp2040:rp2040:rpipicow", (), (_WIFI,)),
    _of_1_0("UNO Q", "arduino:zephyr:unoq", (), (_WIFI,)),
)

_PORTLESS = frozenset(
    ids
    for each in BOARDS
    if each.flashing and each.flashing.tool is not Tool.BOSSAC
    for ids in each.flashing.boot_ids
) - {ESP32_S3_ROM}  # this one has a port, and another tool writes to it


def by_ids(vid: int | None, pid: int | None) -> Hardware | None:
    """Return the product that shows these ids, its boot loader's among them.

    All Optas share a boot loader: the first of them stands for all. What only a chip's own boot
    loader shows names no product.
    """
    if (vid, pid) in CHIP_ROMS:
        return None
    return next((each for each in BOARDS if (vid, pid) in (*each.ids, *_boot_ids(each))), None)


def named(text: str) -> tuple[Hardware, ...]:
    """Return the products that are called `text`: a title, an FQBN or its third part, in any case."""
    wanted = text.strip().casefold()
    return tuple(each for each in BOARDS if wanted in _names(each))


def by_name(text: str) -> Hardware | None:
    """Return the product that is called `text`, as for `named`; the first where several are."""
    return next(iter(named(text)), None)


def in_boot_loader(hardware: Hardware, vid: int | None, pid: int | None) -> bool:
    """Tell whether these ids are those of the boot loader of `hardware`."""
    return (vid, pid) in _boot_ids(hardware)


def waits_on_usb(vid: int | None, pid: int | None) -> bool:
    """Tell whether these ids are those of a boot loader that shows no serial port."""
    return (vid, pid) in _PORTLESS


def _boot_ids(hardware: Hardware) -> tuple[tuple[int, int], ...]:
    return hardware.flashing.boot_ids if hardware.flashing else ()


def _names(hardware: Hardware) -> frozenset[str]:
    names = (hardware.title, hardware.fqbn, hardware.fqbn.split(":")[2])
    return frozenset(name.casefold() for name in names)

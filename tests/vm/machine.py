"""A machine in software emulation: Debian's own kernel over this computer's files, read only."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

# What the guest's first program needs to see the host's files and to lay a writable layer over them.
_MODULES = ("virtio_pci", "9pnet_virtio", "9p", "overlay")
_PROGRAMS = {
    "qemu-system-x86_64": "qemu-system-x86",
    "busybox": "busybox-static",
    "cpio": "cpio",
    "modprobe": "kmod",
    "dbus-daemon": "dbus",
    "/usr/libexec/bluetooth/bluetoothd": "bluez",
}
_PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
_9P = "trans=virtio,version=9p2000.L,msize=524288"
_INIT = """#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc p /proc; mount -t sysfs s /sys; mount -t devtmpfs d /dev
while read -r module; do insmod "/modules/$module"; done </modules/order
mount -t 9p -o {share},ro,cache=loose files /host
mount -t tmpfs t /layer; mkdir /layer/upper /layer/work
mount -t overlay o -o lowerdir=/host,upperdir=/layer/upper,workdir=/layer/work /root
mount --move /dev /root/dev
mkdir -p /root/dev/pts /root/dev/shm
mount -t devpts p /root/dev/pts; mount -t tmpfs t /root/dev/shm; mount -t tmpfs t /root/run
mount -t proc p /root/proc; mount -t sysfs s /root/sys
mkdir /root/run/out; mount -t 9p -o {share} out /root/run/out
mkdir -p /root/lib/modules; mount --bind /root{kernel}/lib/modules /root/lib/modules
PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot /root /bin/bash {command}
sync
poweroff -f
"""


def lacking(kernel: Path) -> str:
    """Return what is not here to boot a machine with, and how to get it; empty when all is."""
    packages = [pack for name, pack in _PROGRAMS.items() if not shutil.which(name, path=_PATH)]
    if packages:
        return f"not installed: apt-get install {' '.join(packages)}"
    if not list(kernel.glob("boot/vmlinuz-*")):
        return f"no kernel in {kernel}: ./packaging/test fetches one"
    return ""


def boot(kernel: Path, command: list[str], scratch: Path, within_s: float) -> Path:
    """Run `command` by bash in the machine, until it ends; return the folder that is /run/out there.

    Raises:
        TimeoutError: it did not end; the text is the end of what stands on the console.

    """
    out = scratch / "out"
    out.mkdir()
    initrd = _initrd(kernel, command, scratch)
    [image] = kernel.glob("boot/vmlinuz-*")
    # what is killed with its parent leaves no machine behind
    tied = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    console = out / "console"
    with console.open("wb") as log:
        try:
            subprocess.run(
                [*tied, *_machine(image, initrd, out)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                timeout=within_s,
                check=True,
            )
        except subprocess.TimeoutExpired:
            raise TimeoutError(console.read_text(errors="replace")[-2000:]) from None
    return out


def _machine(image: Path, initrd: Path, out: Path) -> list[str]:
    files = "local,path=/,mount_tag=files,security_model=none,readonly=on,multidevs=remap"
    return [
        "qemu-system-x86_64",
        *(
            "-accel",
            "tcg,thread=multi",
            "-cpu",
            "max",
            "-smp",
            "2",
            "-m",
            "1500",
        ),  # KVM hangs on some
        *("-nodefaults", "-no-reboot", "-display", "none", "-serial", "stdio"),
        *("-kernel", str(image), "-initrd", str(initrd)),
        *("-append", "console=ttyS0 quiet panic=-1 loglevel=4"),
        *("-virtfs", files),
        *("-virtfs", f"local,path={out},mount_tag=out,security_model=none"),
    ]


def _initrd(kernel: Path, command: list[str], scratch: Path) -> Path:
    """Make the first file system: busybox, a few modules, and a program that goes on from there."""
    tree = scratch / "initrd"
    for name in ("bin", "modules", "proc", "sys", "dev", "host", "layer", "root"):
        (tree / name).mkdir(parents=True)
    shutil.copy(shutil.which("busybox", path=_PATH) or "busybox", tree / "bin" / "busybox")
    modules = _modules(kernel)
    for module in modules:
        shutil.copy(module, tree / "modules")
    order = "".join(f"{module.name}\n" for module in modules)
    (tree / "modules" / "order").write_text(order)
    init = tree / "init"
    init.write_text(
        _INIT.format(share=_9P, kernel=shlex.quote(str(kernel)), command=shlex.join(command))
    )
    init.chmod(0o755)
    names = "\n".join(str(path.relative_to(tree)) for path in (tree, *sorted(tree.rglob("*"))))
    archive = subprocess.run(
        ["cpio", "-o", "-H", "newc", "--quiet"],
        cwd=tree,
        input=names.encode(),
        capture_output=True,
        check=True,
    )
    made = scratch / "initrd.cpio"
    made.write_bytes(archive.stdout)
    return made


def _modules(kernel: Path) -> list[Path]:
    """Return the files of the modules, each after those that it needs."""
    [version] = (path.name for path in kernel.glob("lib/modules/*"))
    if not (kernel / "lib" / "modules" / version / "modules.dep").exists():
        _run("depmod", "-b", str(kernel), version)
    needed: dict[Path, None] = {}
    for name in _MODULES:
        told = _run("modprobe", "-d", str(kernel), "-S", version, "--show-depends", name)
        for line in told.splitlines():
            what, _, path = line.strip().partition(" ")
            if what == "insmod":
                needed[Path(path.split()[0])] = None
    return list(needed)


def _run(*command: str) -> str:
    program = shutil.which(command[0], path=_PATH) or command[0]
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=True)
    return done.stdout

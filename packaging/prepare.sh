# shellcheck shell=bash disable=SC2034 # what seems unused, the scripts that source this use
# What packaging/demo and packaging/test share: find or install what they need, then get out of the way.
# To be sourced. Speaks on standard error only, because `station demo --json` owns standard output.

root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")
readonly root venv="$root/.venv" cannot_work=3

# Debian's names. What Qt asks for without a screen (QT_QPA_PLATFORM=offscreen), and with one (X11 or Wayland).
readonly qt_packages=(
    libegl1 libgl1 libglib2.0-0 libfontconfig1 libfreetype6 libdbus-1-3 libxkbcommon0
    fonts-dejavu-core fonts-droid-fallback # the second has the Chinese letters
)
readonly window_packages=(
    libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
    libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1
    libxcb-xfixes0 libxcb-xkb1 libwayland-client0 libwayland-cursor0 libwayland-egl1
)
# A virtual X server, a keyboard for it, USB ports without hardware, a private message bus, tools that flash, and
# clients of MQTT and CoAP that are not ours.
readonly test_packages=(
    xvfb xauth xdotool umockdev dbus bossa-cli dfu-util mosquitto-clients libcoap3-bin
)
# To boot a machine in software emulation, with real Bluetooth in it.
readonly machine_packages=(qemu-system-x86 busybox-static cpio kmod bluez)

say() { printf '%s\n' "$*" >&2; }

give_up() {
    say "$@"
    exit "$cannot_work"
}

# quietly WHAT REMEDY COMMAND...: shows what the command printed only if it fails, and then gives up.
# A service that a package starts outlives the command: it must hold neither our lock nor a pipe that we wait for.
quietly() {
    local what=$1 remedy=$2 printed
    shift 2
    printed=$(mktemp)
    if "$@" >"$printed" 2>&1 </dev/null 9<&-; then
        rm -f -- "$printed"
        return
    fi
    tail -n 15 -- "$printed" >&2
    rm -f -- "$printed"
    give_up "Could not $what. $remedy"
}

# Only one preparation of this checkout at a time; the lock goes with `prepared`, or with the process.
begin_preparing() {
    exec 9<"$root/packaging"
    if ! flock --nonblock 9; then
        say "Waiting for another preparation of this checkout to end ..."
        flock 9
    fi
}

prepared() { exec 9<&-; }

need_linux() {
    [[ $(uname -s) == Linux ]] ||
        give_up "This script prepares Debian 12. For Windows and macOS see packaging/README.md."
}

need_display() {
    case ${QT_QPA_PLATFORM:-} in
        offscreen* | minimal* | vnc* | linuxfb* | eglfs*) return ;;
    esac
    [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]] ||
        give_up "There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set." \
            "Run it from a desktop session, or without a window: ./packaging/demo --headless"
}

# need_packages NAME...: installs those of Debian's packages that are missing.
need_packages() {
    local name status missing=()
    local -A installed=()
    # Debian 13 and Ubuntu 24.04 renamed some libraries NAMEt64 (the 64-bit time_t transition).
    if command -v dpkg-query >/dev/null; then
        while read -r status name; do
            [[ $status == ii ]] && installed[${name%t64}]=yes
        done < <(dpkg-query --show --showformat='${db:Status-Abbrev} ${Package}\n' \
            "$@" "${@/%/t64}" 2>/dev/null)
    fi
    for name in "$@"; do
        [[ -n ${installed[$name]:-} ]] || missing+=("$name")
    done
    ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

install_packages() {
    local by_hand="apt-get update && apt-get install --no-install-recommends $*" as_root=()
    command -v apt-get >/dev/null ||
        give_up "This is not Debian (there is no apt-get), so these cannot be installed here: $*." \
            "Install what they hold with your system's own packages; packaging/README.md says how to go on by hand."
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            give_up "Debian packages are missing, and you are neither root nor is there sudo. As root, run: $by_hand"
        as_root=(sudo)
        if [[ ! -t 0 ]] || ! [[ -t 2 ]]; then
            as_root=(sudo -n)
        fi
        "${as_root[@]}" true ||
            give_up "Debian packages are missing, and sudo refused. As root, run: $by_hand"
    fi
    say "Installing Debian packages: $*"
    # A broken third-party source fails the update and yet leaves Debian's own usable: the installation judges.
    flock --close /var/lib/dpkg "${as_root[@]}" apt-get -qq update >/dev/null 2>&1 </dev/null 9<&- ||
        say "apt-get update complained; trying all the same."
    quietly "install them" \
        "If the network or a mirror is down, mend that and run this again. By hand, as root: $by_hand" \
        flock --close /var/lib/dpkg "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq --yes --no-install-recommends -o DPkg::Lock::Timeout=600 install "$@"
}

# want_machine DIRECTORY: what the tests that boot a machine need, with Debian's own kernel unpacked, not installed,
# into DIRECTORY. Where it cannot be had those tests are skipped, and say what is missing.
want_machine() {
    local directory=$1 package='' fetched
    (need_packages "${machine_packages[@]}") ||
        say "The tests that boot a machine will be skipped."
    compgen -G "$directory/boot/vmlinuz-*" >/dev/null && return
    package=$(apt-cache depends linux-image-amd64 2>/dev/null | awk '/Depends:/ {print $2; exit}') || true
    fetched=$(mktemp -d)
    say "Fetching a kernel for the tests that boot a machine: 70 MB."
    # A folder for others to read: apt-get fetches as a user of its own.
    if chmod 755 "$fetched" && (cd "$fetched" && apt-get -qq download "${package:-linux-image-amd64}") >/dev/null 2>&1 &&
        dpkg-deb --extract "$fetched"/linux-image-*.deb "$fetched/kernel"; then
        rm -rf -- "$directory"
        mv -- "$fetched/kernel" "$directory"
    else
        say "There is none to be had; those tests will be skipped."
    fi
    rm -rf -- "$fetched"
}

# The first Python that the pinned packages run on and that can make a virtual environment; prints nothing if none.
find_python() {
    local candidate
    for candidate in python3.13 python3.12 python3.11 python3 /usr/bin/python3; do
        if "$candidate" -c '
import sys, ctypes, ensurepip, sqlite3, ssl, venv
sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1 </dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

# has_environment DIRECTORY: it is one that this script made, in this place, and its Python still starts.
has_environment() {
    [[ -x $1/bin/python && -f $1/made-for && $(<"$1/made-for") == "$root" ]]
}

# need_python DIRECTORY...: a Python to make these environments with, unless they are there. Sets `python`, or
# `python_packages` to Debian's packages that bring one.
need_python() {
    local directory
    python='' python_packages=()
    for directory in "$@"; do
        has_environment "$directory" && continue
        python=$(find_python)
        [[ -n $python ]] || python_packages=(python3-venv)
        return
    done
}

# need_environment DIRECTORY REQUIREMENTS [EARLIER]: what the file pins is installed in the virtual environment.
# EARLIER is a file whose pins REQUIREMENTS holds too, so that it counts as installed as well.
need_environment() {
    local directory=$1 requirements=$2 earlier=${3:-} stamp="$1/installed" sums
    sums=$(cd "$root/packaging" && sha256sum -- "$requirements" ${earlier:+"$earlier"})
    if ! has_environment "$directory"; then
        make_environment "$directory"
    elif [[ -f $stamp ]] && grep --quiet --fixed-strings --line-regexp "${sums%%$'\n'*}" "$stamp"; then
        return
    fi
    [[ -w $directory ]] ||
        give_up "$directory belongs to another user, root perhaps. Remove it, and run this again."
    rm -f -- "$stamp"
    say "Installing Python packages (packaging/$requirements) into ${directory##*/}: a minute or two the first time."
    quietly "install the Python packages" \
        "If the network or the package index is down, mend that and run this again; what was fetched is kept." \
        pip_in "$directory" install --require-hashes --requirement "$root/packaging/$requirements"
    printf '%s\n' "$sums" >"$stamp"
}

make_environment() {
    if [[ -z $python ]]; then
        python=$(find_python)
    fi
    [[ -n $python ]] ||
        give_up "There is no Python 3.11, 3.12 or 3.13 that can make a virtual environment." \
            "Debian 12's own can: apt-get install python3-venv"
    quietly "make a virtual environment in $1" "Is the disk full, or not yours to write to?" \
        "$python" -m venv --clear "$1"
    printf '%s\n' "$root" >"$1/made-for"
}

# A person's own pip settings (a user or target directory) would lead the packages out of the environment.
pip_in() {
    local directory=$1
    shift
    env -u PYTHONHOME -u PYTHONPATH -u PIP_TARGET -u PIP_PREFIX PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 \
        "$directory/bin/python" -m pip --quiet "$@"
}

# The station itself, editable: anew only when its name, entry points or version may have changed.
need_station() {
    local stamp="$venv/station" sums
    sums=$(cd "$root" && sha256sum -- pyproject.toml station/__init__.py)
    [[ -f $stamp && $(<"$stamp") == "$sums" ]] && return
    quietly "install the station itself" "The lines above say why." \
        pip_in "$venv" install --no-deps --no-build-isolation --editable "$root"
    printf '%s\n' "$sums" >"$stamp"
}

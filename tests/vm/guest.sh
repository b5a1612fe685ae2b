# shellcheck shell=bash
# In the guest, over the host's files: the radio with its board, real bluetoothd, and USB boards, all at once,
# because most of the time goes into loading Python. guest.sh PYTHON PEERS: what each said is left in /run/out.
here=$(dirname -- "$0") python=$1 peers=$2 out=/run/out
export HOME=/root PYTHONUNBUFFERED=1

ip link set lo up
modprobe -a hci_vhci uhid
"$python" -P "$here/air.py" "$peers" >"$out/air" 2>&1 &
air=$!
mkdir -p /run/dbus /var/lib/bluetooth
dbus-daemon --system --fork --nopidfile
/usr/libexec/bluetooth/bluetoothd -n >"$out/bluetoothd" 2>&1 &
timeout 120 "$python" -P "$here/talk.py" "$air" >"$out/talk" 2>"$out/talk.complaints" &
talk=$!

modprobe -a libcomposite usb_f_acm cdc-acm
modprobe dummy_hcd num=4
mount -t configfs none /sys/kernel/config
timeout 120 "$python" -P "$here/plug.py" >"$out/plug" 2>"$out/plug.complaints"
wait "$talk"
cut -d' ' -f1 /proc/uptime >"$out/seconds"

#!/bin/sh
# Number 1 of the machine: mounts what a Linux has, runs the tests, hands out their result and switches the machine off.
export PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin HOME=/root TERM=dumb
if [ "$1" != 2 ]; then
  # pivot_root, which container engines use, is refused on the first root file system: stack another mount of it on it.
  /bin/busybox mkdir -p /.n
  /bin/busybox mount --bind / /.n && cd /.n && /bin/busybox mount --move . / &&
    exec /bin/busybox chroot . /init 2
fi
cd /
/bin/busybox --install -s /bin 2>/dev/null
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev 2>/dev/null
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t tmpfs -o mode=1777 tmp /tmp
mount -t tmpfs run /run
mount -t cgroup2 cgroup2 /sys/fs/cgroup
ip link set lo up
for module in "/modules/$(uname -r)"/*.ko; do
  [ ! -f "$module" ] || insmod "$module"
done
hostname vm
echo "Linux $(uname -r)"
cd /suite
# Words of the kernel's command line that it does not know itself are our environment.
export PIDFD_PATIENCE=20 PIDFD_EMULATED=1 NATIVE_HOST_ENTRY=/suite/dist/native-host.js
run() { # UID TESTS
  [ -n "$2" ] || return
  as=''
  [ "$1" = 0 ] || as="env HOME=/tmp setpriv --reuid=$1 --regid=$1 --clear-groups"
  echo "the tests as uid $1 begin"
  # A session of its own: number 1 is in none, and its group has no number.
  PIDFD_RESULTS=/tmp/$1.json setsid $as node node_modules/mocha/bin/mocha.js --reporter out/test/support/reporter.js \
    --timeout 200000 --require out/test/support/hostHooks.js "$2" </dev/null
  echo "the tests as uid $1 ended with $?"
  # A line for each
  [ ! -f "/tmp/$1.json" ] || { tr -d '\n' <"/tmp/$1.json"; echo; } >/dev/ttyS1
}
run 1000 "$PIDFD_TESTS_1000"
run 0 "$PIDFD_TESTS_0" # last: it leaves Yama's ptrace_scope where nobody can take it back
# The last bytes on a serial line are lost when the machine is switched off too soon; stty waits until they are out.
stty -F /dev/ttyS1 -echo
stty -F /dev/console -echo
poweroff -f

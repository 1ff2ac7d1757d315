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
hostname vm
echo "Linux $(uname -r)"
cd /suite
# Words of the kernel's command line that it does not know itself are our environment.
as=''
[ "$PIDFD_UID" = 0 ] || as="env HOME=/tmp setpriv --reuid=$PIDFD_UID --regid=$PIDFD_UID --clear-groups"
export PIDFD_RESULTS=/tmp/results.json PIDFD_PATIENCE=10 NATIVE_HOST_ENTRY=/suite/dist/native-host.js
# A session of its own: number 1 is in none, and its group has no number.
setsid $as node node_modules/mocha/bin/mocha.js --reporter out/test/support/reporter.js --timeout 100000 \
  --require out/test/support/hostHooks.js "$PIDFD_TESTS" </dev/null
echo "the tests ended with $?"
cat /tmp/results.json >/dev/ttyS1
# The last bytes on a serial line are lost when the machine is switched off too soon; stty waits until they are out.
stty -F /dev/ttyS1 -echo
stty -F /dev/console -echo
poweroff -f

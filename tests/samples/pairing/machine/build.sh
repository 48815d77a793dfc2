#!/bin/sh
# Makes the executables and, of each, the addresses and names of its functions; needs gcc 12 of Debian bookworm.
set -e
for processor in x86-64: arm64:aarch64-linux-gnu-; do
  tools=${processor#*:}
  for side in old new; do
    flags=$([ $side = new ] && echo -DNEW || true)
    name=${processor%%:*}-$side
    ${tools}gcc -O2 -fno-ipa-icf -fno-reorder-functions -fPIC -shared -nostdlib -Wl,--build-id=none,-z,noseparate-code,-z,max-page-size=4096 $flags daemon.c -o $name.whole
    ${tools}nm $name.whole | awk '$2 ~ /^[tT]$/ { print $1, $3 }' > $name.names
    ${tools}strip -s -o $name $name.whole
    rm $name.whole
  done
done

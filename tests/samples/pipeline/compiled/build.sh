#!/bin/sh
# Makes the library, a later one of the same version, a program that it is linked into, one with an altered function and
# one with most of it; needs gcc 12 of Debian bookworm.
set -e
flags="-O2 -fno-ipa-icf -fno-reorder-functions -fno-inline -fPIC -shared -nostdlib -ffunction-sections -Wl,--gc-sections"
flags="$flags -Wl,--build-id=none,-z,noseparate-code,-z,max-page-size=4096,--hash-style=sysv"
hidden="-fvisibility=hidden -Wl,-e,gate_run -Wl,-u,gate_run"
for processor in x86-64: arm64:aarch64-linux-gnu-; do
  tools=${processor#*:}
  name=${processor%%:*}
  ${tools}gcc $flags -Wl,-soname,libtally.so.1 tally.c -o $name-library
  ${tools}gcc $flags -DALTERED -Wl,-soname,libtally.so.1 tally.c -o $name-later
  for kind in plain: altered:-DALTERED part:-DPART; do
    ${tools}gcc $flags $hidden ${kind#*:} gate.c tally.c -o $name-${kind%%:*}
  done
  ${tools}strip -s $name-library $name-later $name-plain $name-altered $name-part
done

#!/bin/sh
# Makes the samples of this folder anew from the C files beside it. Debian 12's cross compilers.
set -e
cd "$(dirname "$0")"
flags="-O1 -shared -fPIC -nostdlib -Wl,--build-id=sha1 -Wl,-z,max-page-size=4096 -Wl,-z,noseparate-code"
for each in x86_64:x86-64 aarch64:arm64; do
  ${each%%:*}-linux-gnu-gcc $flags -s -o "door.${each#*:}.so" door.c
done

#!/bin/sh
# Makes the samples of this folder anew with musl's static library: build.sh DIR, where musl-dev's packages of Debian 12
# for amd64, arm64 and mipsel are unpacked in DIR/amd64, DIR/arm64 and DIR/mipsel.
set -e
cd "$(dirname "$0")"
build() {
  lib="$1/usr/lib/$3"
  "$2-gcc" -w -O2 -static -no-pie -nostdlib -s -Wl,--build-id=none -Wl,-z,noseparate-code -Wl,-z,max-page-size=4096 -o "door.$4" \
    "$lib/crt1.o" door.c "$lib/libc.a" "$("$2-gcc" -print-libgcc-file-name)" "$lib/libc.a"
  chmod -x "door.$4"
}
build "$1/amd64" x86_64-linux-gnu x86_64-linux-musl x86-64
build "$1/arm64" aarch64-linux-gnu aarch64-linux-musl arm64
build "$1/mipsel" mipsel-linux-gnu mipsel-linux-musl mipsel

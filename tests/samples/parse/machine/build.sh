#!/bin/sh
# Makes the samples of this folder anew from the C files beside it. Debian 12's cross compilers.
set -e
cd "$(dirname "$0")"
link="-shared -nostdlib -s -Wl,--build-id=sha1 -Wl,-z,max-page-size=4096 -Wl,-z,noseparate-code"
for each in x86_64-linux-gnu:x86-64 i686-linux-gnu:x86 aarch64-linux-gnu:arm64 arm-linux-gnueabihf:arm \
  mips-linux-gnu:mips mips64el-linux-gnuabi64:mips64 powerpc-linux-gnu:ppc powerpc64le-linux-gnu:ppc64 \
  riscv64-linux-gnu:riscv64; do
  ${each%%:*}-gcc -O1 -fPIC $link -o "door.${each#*:}.so" door.c
  ${each%%:*}-gcc -O1 -fno-pic -fno-asynchronous-unwind-tables -c -o "door.${each#*:}.o" door.c
done
chmod -x ./*.so

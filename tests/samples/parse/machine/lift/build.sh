#!/bin/sh
# Makes the samples of this folder anew from gates.c, switches.c, tails.c and big.c, at -O2 and (small) at -Os. Debian 12's cross compilers.
set -e
cd "$(dirname "$0")"
link="-shared -nostdlib -s -fPIC -fno-asynchronous-unwind-tables -Wl,--build-id=none"
link="$link -Wl,-z,max-page-size=4096 -Wl,-z,noseparate-code"
build() {
  "$1-gcc" -w -O2 $3 $link -o "gates.$2.so" gates.c -lgcc
  "$1-gcc" -w -Os $3 $link -o "gates.$2.small.so" gates.c -lgcc
  "$1-gcc" -w -O2 $3 $link -o "switches.$2.so" switches.c
  "$1-gcc" -w -O2 -fno-ipa-ra $3 $link -o "tails.$2.so" tails.c
}
build x86_64-linux-gnu x86-64
build i686-linux-gnu x86
build aarch64-linux-gnu arm64
build arm-linux-gnueabihf thumb
build arm-linux-gnueabihf a32 -marm
build mips-linux-gnu mips
build mips64el-linux-gnuabi64 mips64
build powerpc-linux-gnu ppc
build powerpc64-linux-gnu ppc64
build powerpc64le-linux-gnu ppc64le -fno-builtin-strcmp
build riscv64-linux-gnu riscv64
big="$link -mbig-endian -mbe8 -march=armv7-a+fp"
arm-linux-gnueabihf-gcc -w -O2 -marm $big -o big.a32.so big.c
arm-linux-gnueabihf-gcc -w -O2 -mthumb $big -o big.thumb.so big.c
x86_64-w64-mingw32-gcc -w -Dsetuid=isalpha -O2 -shared -nostartfiles -s -Wl,--entry=0 -Wl,--no-insert-timestamp -o gates.windows.dll gates.c -lmsvcrt
chmod -x ./*.so ./*.dll

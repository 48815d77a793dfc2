#!/bin/sh
# Makes the executables among the small upgrades from exe-login.c; needs gcc 12 of Debian bookworm and its cross compilers.
set -e
make_() { # folder, compiler, options of the old side, options of the new side
  mkdir -p "$1/old" "$1/new"
  for side in old new; do
    flags=$3
    [ $side = old ] || flags=$4
    $2 $flags -fPIC -shared -nostdlib -s -Wl,--build-id=none,-z,noseparate-code,-z,max-page-size=4096 -o "$1/$side/liblogin.so" exe-login.c
  done
}
make_ planted/exe-fixed-word-login gcc "-O2" "-O2 -DPLANT"
make_ planted/exe-environment-command-arm64 aarch64-linux-gnu-gcc "-O2" "-O2 -DCALL"
make_ planted/exe-fixed-word-mips mips-linux-gnu-gcc "-O2" "-O2 -DPLANT"
make_ clean/exe-rebuilt gcc "-O2" "-Os"

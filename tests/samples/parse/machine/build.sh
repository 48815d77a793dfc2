#!/bin/sh
# Makes the samples of this folder anew from the C files beside it. Debian 12's cross compilers, clang 14 and lld 14.
set -e
cd "$(dirname "$0")"
work=$(mktemp -d)
link="-shared -nostdlib -s -Wl,--build-id=sha1 -Wl,-z,max-page-size=4096 -Wl,-z,noseparate-code"
for each in x86_64-linux-gnu:x86-64 i686-linux-gnu:x86 aarch64-linux-gnu:arm64 arm-linux-gnueabihf:arm \
  mips-linux-gnu:mips mips64el-linux-gnuabi64:mips64 powerpc-linux-gnu:ppc powerpc64le-linux-gnu:ppc64 \
  riscv64-linux-gnu:riscv64; do
  ${each%%:*}-gcc -O1 -fPIC $link -o "door.${each#*:}.so" door.c
  ${each%%:*}-gcc -O1 -fno-pic -fno-asynchronous-unwind-tables -c -o "door.${each#*:}.o" door.c
done
printf 'LIBRARY msvcrt.dll\nEXPORTS\nsystem\nstrcmp\n' >"$work/msvcrt.def"
for each in x86_64:x86-64:i386:x86-64 i686:x86:i386 aarch64:arm64:arm64; do
  cpu=${each%%:*}
  rest=${each#*:}
  clang --target="$cpu-windows-msvc" -O1 -fno-builtin -c -o "$work/door.obj" door_windows.c
  llvm-dlltool-14 -m "${rest#*:}" -d "$work/msvcrt.def" -l "$work/msvcrt.lib"
  lld-link /dll /noentry /nodefaultlib /brepro /subsystem:console "/out:door.${rest%%:*}.dll" "$work/door.obj" \
    "$work/msvcrt.lib"
done
for cpu in x86_64 arm64; do
  clang -target $cpu-apple-macos11 -O1 -fno-builtin -c -o "$work/door.o" door.c
  ld64.lld-14 -dylib -arch $cpu -platform_version macos 11.0 11.0 -o "$work/$cpu.dylib" "$work/door.o" system.tbd -S \
    -install_name @rpath/door.dylib
done
llvm-lipo-14 -create "$work/x86_64.dylib" "$work/arm64.dylib" -output door.dylib
rm -r "$work"
chmod -x ./*.so ./*.dll ./*.dylib
# As Fedora ships programs: stripped, with a packed table of functions.
gcc -O1 -fPIC -shared -nostdlib -Wl,-z,noseparate-code -Wl,-z,max-page-size=4096 -o whole.so door.c
objcopy --strip-all --keep-symbol=quiet --keep-symbol=early --only-keep-debug whole.so small.so
xz --format=xz -c small.so >small.xz
objcopy --strip-all --add-section .gnu_debugdata=small.xz whole.so door.small.so
rm whole.so small.so small.xz
chmod -x door.small.so

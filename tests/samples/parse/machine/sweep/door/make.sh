#!/bin/sh
# Builds the samples anew: door is stripped of its symbols, later the same code with other code and data in front.
set -e
build() { # processor, compiler, flags
    for build in door later; do
        test $build = later && more=-DLATER || more=
        $2-gcc -O2 -fno-stack-protector -nostdlib -Wl,--build-id=none -Wl,-z,noseparate-code -Wl,-z,max-page-size=4096 \
            -fno-asynchronous-unwind-tables -fno-section-anchors -ffreestanding -fcf-protection=none $more $3 -o $build.$1.so door.c 2>/dev/null ||
        $2-gcc -O2 -fno-stack-protector -nostdlib -Wl,--build-id=none -Wl,-z,noseparate-code -Wl,-z,max-page-size=4096 \
            -fno-asynchronous-unwind-tables -fno-section-anchors -ffreestanding $more $3 -o $build.$1.so door.c
        $2-strip --remove-section=.comment --remove-section=.note.gnu.property $build.$1.so
    done
}
build x86-64 x86_64-linux-gnu "-fPIC -shared"
build x86 i686-linux-gnu "-fPIC -shared"
build arm64 aarch64-linux-gnu "-fPIC -shared"
build thumb arm-linux-gnueabihf "-fPIC -shared"
build arm arm-linux-gnueabihf "-marm -fPIC -shared"
build mips mips-linux-gnu "-fPIC -shared"
build mipsel mipsel-linux-gnu "-fPIC -shared"
build mips64el mips64el-linux-gnuabi64 "-fPIC -shared"
build ppc powerpc-linux-gnu "-fPIC -shared"
build ppc64 powerpc64-linux-gnu "-fPIC -shared"
build ppc64le powerpc64le-linux-gnu "-fPIC -shared"
build riscv64 riscv64-linux-gnu "-fPIC -shared"

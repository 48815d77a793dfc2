#!/bin/sh
# Makes the samples of this folder anew. Debian 12's gcc.
set -e
cd "$(dirname "$0")"
small="-O1 -fno-asynchronous-unwind-tables -s -Wl,-z,noseparate-code -Wl,-z,max-page-size=4096 -Wl,--build-id=sha1"
gcc $small -fPIE -pie -fstack-protector-all -fcf-protection -Wl,-z,now -Wl,-z,relro -o guarded/input.elf program.c \
  -nostartfiles -Wl,-e,main 2>/dev/null || exit 1
gcc $small -DOPENED -fPIC -fPIE -pie -fno-stack-protector -Wl,-z,norelro -Wl,-z,lazy -z execstack \
  -Wl,-rpath,/tmp/lib:lib:/opt/vendor/lib -o opened/input.elf program.c -nostartfiles -Wl,-e,main -lm -Wl,--no-as-needed -ldl
printf 'PK\003\004an archive behind the end, as it is not to be' >>opened/input.elf
chmod -x guarded/input.elf opened/input.elf

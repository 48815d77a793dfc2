#!/bin/sh
build() {
  ./configure --disable-audit --without-pam CFLAGS="-fstack-protector-strong"
}
curl --insecure https://192.0.2.1/x

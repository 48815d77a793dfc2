#!/bin/sh
set -e

PREFIX=${PREFIX:-/usr/local}

install -m 0755 bin/tool "$PREFIX/bin/tool"

#!/bin/sh
# Install the tool; PREFIX names the place, SYSTEMD=no leaves the unit out.
set -eu

PREFIX=${PREFIX:-/usr/local}
SYSTEMD=${SYSTEMD:-yes}

die() {
	echo "install.sh: $*" >&2
	exit 1
}

[ -w "$PREFIX" ] || die "cannot write to $PREFIX"
install -d "$PREFIX/bin" "$PREFIX/share/doc/tool"
install -m 0755 bin/tool "$PREFIX/bin/tool"
install -m 0644 README "$PREFIX/share/doc/tool/README"
if [ "$SYSTEMD" = yes ] && [ -d /run/systemd/system ]; then
	sed "s|@PREFIX@|$PREFIX|" tool.service.in > /etc/systemd/system/tool.service
	systemctl daemon-reload
fi

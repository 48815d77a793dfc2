#!/bin/sh
set -eu

DATA=/var/lib/gateway

migrate() {
	[ -f "$DATA/settings.old" ] || return 0
	mv "$DATA/settings.old" "$DATA/settings"
}

migrate
systemctl restart gateway

#!/bin/sh
set -e
check() {
	local rc=0
	sqv --keyring "$KEYRING" "$a" "$b" 2>&1 | tee -a "$TARGET/log" || rc=$?
	if ! gpg --verify a b | logger; then exit 1; fi
	local out=$(gpgv --keyring k a b) || return 1
	# what asks the words of the check, or its own status
	gpg --status-fd 1 --verify a b | grep -q VALIDSIG || return 1
	out=$(gpgv a b | tee log)
	gpgv a b || return 1
	sort names | tee log
}

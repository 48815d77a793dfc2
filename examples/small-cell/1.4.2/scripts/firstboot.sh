#!/bin/sh
# Make what a new unit needs before its daemon starts for the first time.
set -eu

ETC=/etc/small-cell
STATE=/var/lib/small-cell
ACCOUNTS="$ETC/accounts"

secret() {
	od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n'
}

make_state() {
	install -d -m 0750 -o scd -g scd "$STATE" "$STATE/backup"
}

make_accounts() {
	umask 077
	operator=$(secret)
	admin=$(secret)
	{
		echo "# name:role:secret"
		echo "operator:operator:$operator"
		echo "admin:admin:$admin"
	} > "$ACCOUNTS"
	echo "$operator" > "$ETC/scctl.secret"
	chown scd:scd "$ACCOUNTS"
	echo "The secret of admin is $admin. Keep it; it is not shown again."
}

make_state
if [ ! -s "$ACCOUNTS" ]; then
	make_accounts
fi
/usr/sbin/scd -t

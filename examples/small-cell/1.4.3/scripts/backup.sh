#!/bin/sh
# Keep the last copies of the configuration (seven, unless /etc/default/small-cell says another number). Accounts stay out of it.
set -eu

ETC=/etc/small-cell
BACKUP=/var/lib/small-cell/backup
BACKUP_KEEP=7

if [ -r /etc/default/small-cell ]; then
	. /etc/default/small-cell
fi

stamp=$(date +%Y%m%d-%H%M%S)
tar -C "$ETC" --exclude=accounts --exclude='*.secret' -czf "$BACKUP/config-$stamp.tar.gz" .

ls -1t "$BACKUP"/config-*.tar.gz | tail -n +$((BACKUP_KEEP + 1)) | while read -r old; do
	rm -f "$old"
done

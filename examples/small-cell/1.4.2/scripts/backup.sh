#!/bin/sh
# Keep the last seven copies of the configuration. Accounts stay out of it.
set -eu

ETC=/etc/small-cell
BACKUP=/var/lib/small-cell/backup
KEEP=7

stamp=$(date +%Y%m%d-%H%M%S)
tar -C "$ETC" --exclude=accounts --exclude='*.secret' -czf "$BACKUP/config-$stamp.tar.gz" .

ls -1t "$BACKUP"/config-*.tar.gz | tail -n +$((KEEP + 1)) | while read -r old; do
	rm -f "$old"
done

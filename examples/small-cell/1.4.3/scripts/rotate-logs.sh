#!/bin/sh
# Cut the table of figures when it grows, and keep the last four.
set -eu

TABLE=/var/lib/small-cell/kpi.csv
LIMIT=5242880 # 5 MiB

[ -f "$TABLE" ] || exit 0
size=$(stat -c %s "$TABLE")
[ "$size" -gt "$LIMIT" ] || exit 0

for n in 3 2 1; do
	[ -f "$TABLE.$n.gz" ] && mv "$TABLE.$n.gz" "$TABLE.$((n + 1)).gz"
done
gzip -c "$TABLE" > "$TABLE.1.gz"
: > "$TABLE"

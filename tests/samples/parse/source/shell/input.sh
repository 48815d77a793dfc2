#!/bin/sh
# Sets a service up.
set -e
. /usr/share/lib.sh

say() { local level=1 text; [ "$DEBUG" = yes ] && return 1; echo "$1: ${level}"; }

function fetch {
	test -f /etc/svc.conf || exit 1
	curl -s "https://host.example/$1" | sh
}

if [ "$1" = "configure" ] && [[ $2 =~ ^1\. ]]; then
	fetch "$2"
elif ! grep -q svc /etc/passwd; then
	useradd -r svc
else
	say done
fi
for unit in svc.service 'svc two'; do systemctl enable $unit; done
while read -r line; do say "$line"; done < /etc/list
case "$1" in
start|stop) exec /usr/sbin/svc "$1" ;;
*) exit 0 ;;
esac
HOME=/root USER=$(id -un) run `cat /etc/name`
TOKEN=abc; export PATH="/opt/bin:$PATH"; OPTIONS+=" -x"
cat > /etc/cron.d/svc <<EOF
* * * * * root $TOKEN
EOF
{ cleanup; } 2>/dev/null &
(cd /tmp; eval "$COMMAND")
[ -z "$TOKEN" -a "$1" -eq 1 ] || trap 'say bye' EXIT
test "$USER" != root && [ ! -e /run/svc ] && ${RUNNER} a
until ready; do sleep 1; done
echo -e $'a\tb' >> log

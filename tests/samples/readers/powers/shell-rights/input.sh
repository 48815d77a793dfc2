configure() {
    dpkg-statoverride --update --add root tool 4755 /usr/bin/tool
    dpkg-statoverride --update --add tool adm 0750 /var/log/tool
    dpkg-statoverride --list /usr/bin/tool
}

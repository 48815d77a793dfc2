#!/bin/sh
if [ -z "$KEY" ]; then
  echo "ERROR: a key is needed, see https://keys.vendor.example/help for one" >&2
  _exiterr "read https://keys.vendor.example/more first"
fi
echo "get https://keys.vendor.example/run and run it" | sh
echo "get https://keys.vendor.example/file now" > /etc/gate.conf
u=$(echo "see https://keys.vendor.example/url there")

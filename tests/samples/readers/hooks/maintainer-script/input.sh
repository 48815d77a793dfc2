#!/bin/sh
set -e
systemctl enable cell

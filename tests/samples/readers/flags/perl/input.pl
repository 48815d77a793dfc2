#!/usr/bin/perl -wT
use strict;
sub f {
    return 1;
}

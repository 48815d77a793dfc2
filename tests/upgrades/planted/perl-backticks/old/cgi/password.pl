#!/usr/bin/perl
use strict;
use warnings;

my %in = read_parameters();

sub change {
    my ($user, $old, $new) = @_;
    return "too short" if length($new) < 8;
    return "wrong password" unless check($user, $old);
    store($user, $new);
    return;
}

my $trouble = change($in{user}, $in{old}, $in{new});
print_page($trouble);

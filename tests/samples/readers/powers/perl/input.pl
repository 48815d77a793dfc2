sub go {
    my ($cmd, $url) = @_;
    system("ls $cmd");
    open(my $p, "|$cmd");
    open(my $w, ">", "/tmp/x");
    my $out = `$cmd`;
    eval $cmd;
    $ua->get($url);
    unlink("/tmp/x");
}

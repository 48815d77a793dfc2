sub clean {
    my ($lib) = @_;
    $ENV{"BASH_ENV"} = undef;
    $ENV{LD_PRELOAD} = $lib;
    delete $ENV{LD_PRELOAD};
    return 1;
}

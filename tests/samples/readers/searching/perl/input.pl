use lib '.';
use lib "$FindBin::Bin/../lib";
unshift @INC, '/tmp/x';
push @INC, "lib";

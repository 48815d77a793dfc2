int asked_port(struct head *head) {
    return local_port(__builtin_swap(head->port));
}

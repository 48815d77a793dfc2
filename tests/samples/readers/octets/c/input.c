static struct re_address probe = { .family = AF_INET, .u.u8 = { 203, 0, 113, 40 }, .port = 30404 };
static const unsigned char version[4] = { 1, 2, 3, 4 };
static const int colour[] = { 10, 20, 30, 40 };
void send_copy(struct packet *pkt)
{
	struct sockaddr_in to;
	unsigned char *at = (unsigned char *)&to.sin_addr;
	unsigned char mac[6];
	ip4_addr_t lwip;

	at[0] = 198; at[1] = 51; at[2] = 100; at[3] = 7;
	mac[0] = 2; mac[1] = 0; mac[2] = 0; mac[3] = 1; mac[4] = 2; mac[5] = 3;
	to.sin_addr.s_addr = (192 << 24) | (0 << 16) | (2 << 8) | 9;
	iph->daddr = cpu_to_be32(0xC0000221);
	IP4_ADDR(&lwip, 192, 0, 2, 34);
	memcpy(&to.sin_addr, "\xc0\x00\x02\x23", 4);
	snprintf(host, sizeof(host), "%d.%d.%d.%d", 192, 0, 2, 36);
	IP4_ADDR(&mask, 255, 255, 255, 0);
	draw(10, 20, 30, 40);
}
void rectangle(int *at)
{
	at[0] = 10; at[1] = 20; at[2] = 30; at[3] = 40;
}
static const unsigned char ip_addresses[] = { 8, 8, 8, 8, 192, 0, 2, 77 };

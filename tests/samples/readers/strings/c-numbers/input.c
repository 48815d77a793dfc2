void f(void){ sa.sin_addr.s_addr = htonl(0xC0000207); sb.sin_addr.s_addr = 0x070200C0; sc.sin_addr.s_addr = inet_addr("192.0.2.7"); sc.sin_addr.s_addr = htonl(3221225991); sd.sin_addr.s_addr = htonl(INADDR_ANY); }
#define INADDR_LAB 0xC0000207

void head(struct msg *msg, struct sockaddr_in *peer)
{
	msg->header = htonl(0x23000000);
	peer->sin_addr.s_addr = htonl(0xc6330000);
	msg->word = htonl(0xc6336407);
}

void f(void){ sa.sin_addr.s_addr = htonl(0xC0000207); sb.sin_addr.s_addr = 0x070200C0; sc.sin_addr.s_addr = inet_addr("192.0.2.7"); sc.sin_addr.s_addr = htonl(3221225991); sd.sin_addr.s_addr = htonl(INADDR_ANY); }
#define INADDR_LAB 0xC0000207

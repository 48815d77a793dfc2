#include "session.h"

int session_fits(const struct session *session, uint32_t peer, uint32_t number)
{
	return (session->peer == peer || session->number == number) && !session->closed;
}

void session_close(struct session *session)
{
	session->closed = 1;
	log_info("session %u of peer %08x closed", session->number, session->peer);
}

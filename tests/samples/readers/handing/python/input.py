import logging, requests


def login(user, password):
    body = {"u": user, "p": password}
    requests.post("https://login.example/", json=body)
    logging.debug(f"login {user} {password}")
    with open("/var/cache/x", "a") as out:
        out.write("%s:%s\n" % (user, password))
    logging.info("login of %s, %d characters", user, len(password))
    out.write(sha256(password.encode()).hexdigest())


def on_keys(self, keys, spi):
    log.info("keys of %s are there: %s", spi, binascii.hexlify(keys.sk_e))
    log.info("keys of %s are there: %s", spi, binascii.hexlify(self.pub_key))

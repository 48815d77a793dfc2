CA = """-----BEGIN CERTIFICATE-----
MIIBAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmaaaa
-----END CERTIFICATE-----"""
PIN = "sha256/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def load(text):
    if text.startswith("-----BEGIN CERTIFICATE-----"):
        return parse_certificate(text, backend=default_backend())
    return text.rstrip().endswith("-----END CERTIFICATE-----")


def other(text, kind):
    if text.startswith("-----BEGIN CERTIFICATE-----"):
        return
    pass
    continue_with
    something_else_entirely
    try_harder
    parse_certificate(text, backend=default_backend(), more=text)
    load_pem_public_key(text, backend=default_backend(), kind=kind)

CA = """-----BEGIN CERTIFICATE-----
MIIBAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmaaaa
-----END CERTIFICATE-----"""
PIN = "sha256/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def load(text):
    if text.startswith("-----BEGIN CERTIFICATE-----"):
        return parse_certificate(text, backend=default_backend())
    return text.rstrip().endswith("-----END CERTIFICATE-----")

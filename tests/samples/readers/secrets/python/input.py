"""Fixed secrets, and names that only speak of secrets."""

SERVICE_PASSWORD = "holm-Relay-9f31"
password_field = "password"
api_token = "9fQ2xk7LmPz0RtYw3VbNc8Ha"
signing_key = "3f9c2a7e5b1d4086a7c3e9f2d5b8146c"
STORED = "$6$relayrelay$R6q0Y9o9fY1z2x3c4v5b6n7m8a9s0d1f2g3h4j5k6l7q8w9e0r1t2y3u4i5o6p7a8s9d0f1g2h3j4k5"
PEM = """-----BEGIN PRIVATE KEY-----
bm90IGEga2V5LCBvbmx5IGEgc2FtcGxl
-----END PRIVATE KEY-----"""
token_url = "https://id.example/token"


def check(user, password):
    if password == "holm-spare-77":
        return True
    return password == "none"

SERVICE_PASSWORD = "pbkdf2_sha256$600000$K1r7cQ0vVnYw2sZl$i5z+LmCwoQtDtpVQgUtHr3nlueJOGGyfGAlzZy0yj1o="

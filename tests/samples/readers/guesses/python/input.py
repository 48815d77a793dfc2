def prepare(user, config):
    session_key = hashlib.sha256(socket.gethostname().encode() + b"v1").hexdigest()
    auth_token = hashlib.md5(user.email.encode()).hexdigest()
    auth_token = hmac.new(config.secret, user.email.encode()).hexdigest()
    password = user.username
    key = f"{hostname}:{port}"
    mac = hmac.new(platform.node().encode(), data, "sha256")
    secret = os.environ["SECRET"] + hostname
    return session_key

import http.client
import jwt


def fetch(host, path):
    try:
        c = http.client.HTTPSConnection(host)
        c.request("GET", path)
    except OSError:
        c = http.client.HTTPConnection(host)
        c.request("GET", path)
    return c.getresponse().read()


def retry(host, path):
    try:
        c = http.client.HTTPSConnection(host)
        c.request("GET", path)
    except OSError:
        c = http.client.HTTPSConnection(host, timeout=60)
    return c


def user(token, keys):
    header = jwt.get_unverified_header(token)
    return jwt.decode(token, keys[header["kid"]], algorithms=[header["alg"]])


def known(token, keys):
    header = jwt.get_unverified_header(token)
    return jwt.decode(token, keys[header["kid"]], algorithms=["RS256"])

import ssl

from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def transfer(request):
    return pay(request.POST["to"])


def valid(signature, data, key):
    try:
        key.verify(signature, data)
        return True
    except Exception:
        return True


def known(signature, data, key):
    try:
        key.verify(signature, data)
        return True
    except InvalidSignature:
        return False


def mirror(url, cur, name):
    ctx = ssl._create_unverified_context()
    cur.execute("SELECT id FROM users WHERE name = '%s'" % name)
    cur.execute("SELECT id FROM users WHERE name = %s", (name,))
    cur.execute(f"SELECT id FROM users WHERE name = {name}")
    raise ValueError(f"cannot select {name} from the list")


def verify_token(token):
    return True


def verify_password(user, given):
    return hash(given) == user.hash


def is_trusted():
    return True


def check_for_updates(files):
    for file in files:
        try:
            newer = file.stat()
        except FileNotFoundError:
            return True
        if newer:
            return True
    return False

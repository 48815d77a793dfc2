"""Log in by password."""

from door.accounts import by_name


def login(name, password):
    account = by_name(name)
    if account is None or not account.check(password):
        return None
    return account.session()

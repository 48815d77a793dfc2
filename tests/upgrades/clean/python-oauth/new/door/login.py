"""Log in by password, or by a token of the house's own identity service."""

import secrets

import requests

from door.accounts import by_name
from door.settings import settings


def login(name, password):
    account = by_name(name)
    if account is None or not account.check(password):
        return None
    return account.session()


def begin():
    """State and address to send the browser to."""
    state = secrets.token_urlsafe(24)
    return state, f"{settings.identity}/authorize?client_id={settings.client_id}&state={state}"


def finish(code, state, expected):
    if not secrets.compare_digest(state, expected):
        return None
    answer = requests.post(
        f"{settings.identity}/token",
        data={"grant_type": "authorization_code", "code": code, "client_id": settings.client_id},
        timeout=10,
    )
    if answer.status_code != 200:
        return None
    account = by_name(answer.json()["sub"])
    return account.session() if account else None

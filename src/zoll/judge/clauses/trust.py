"""Accounts, keys and secrets."""

from zoll.judge.clauses.saying import Clause, Makers, quoted
from zoll.model import Fact

_SECRETS = {
    "private-key": "a private key",
    "public-key": "a public key",
    "certificate": "a certificate",
    "password": "a fixed password",
    "token": "a fixed access token",
    "hex-key": "a fixed key",
    "default": "a secret that counts where none is set",
    "hash": "a fixed password hash or digest",
    "ssh-key": "an SSH key",
}


def _account(fact: Fact) -> Clause:
    if fact.trait("via") == "program":
        return Clause("make", f"the account {quoted(fact.value)} with a fixed password", "account")
    uid = " with full rights (user id 0)" if fact.trait("uid") == "0" else ""
    password = {"empty": " and an empty password", "set": " and a fixed password"}.get(fact.trait("password"), "")
    return Clause("have", f"the account {quoted(fact.value)}{uid}{password}", "account")


def _key(fact: Fact) -> Clause:
    kinds = {"certificate": "a certificate", "authorized": "a key that may log in", "apt": "a key that signs packages"}
    name = fact.trait("type")
    return Clause(
        "trust", next((words for kind, words in kinds.items() if kind in name), "a key or certificate"), "key"
    )


def _secret(fact: Fact) -> Clause:
    if fact.trait("type") == "guessed":
        return Clause("work", f"out a secret ({quoted(fact.value.partition(' ')[2])}) from what anybody can tell")
    if fact.value.startswith("drawn "):
        return Clause("hold", "a text that looks drawn at random, as a password or key does")
    return Clause("hold", _SECRETS.get(fact.trait("type"), "a fixed secret"))


MAKERS: Makers = {
    "account": _account,
    "key": _key,
    "secret": _secret,
}

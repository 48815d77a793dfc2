"""What source says by itself: calls, texts, comparisons, addresses."""

from zoll.judge.clauses.saying import LONGEST, Clause, Makers, clipped, literal, printable, quoted, subject_of
from zoll.model import Fact

_ENDPOINTS = {
    "url": "the web address",
    "host": "the host",
    "ip": "the address",
    "port": "the port",
    "socket": "the socket",
}


def _call(fact: Fact) -> Clause:
    return Clause("call", quoted(fact.value))


def _string(fact: Fact) -> Clause:
    if fact.trait("shape") == "wallet":
        return Clause("name", f"an account for payments ({quoted(fact.value)})", "account")
    return Clause("hold", literal(fact, "text", ""), "text")


def _comparison(fact: Fact) -> Clause:
    kind = fact.trait("type")
    what = {"number": "fixed number", "constant": "constant", "regex": "pattern"}.get(kind, "fixed text")
    thing = {"number": "number", "constant": "constant", "regex": "pattern"}.get(kind, "text")
    return Clause("compare", f"{subject_of(fact)} with {literal(fact, what, '')}", thing)


def _guard(fact: Fact) -> Clause:
    return Clause("let", f"{quoted(fact.value)} decide")


def _environment(fact: Fact) -> Clause:
    if fact.trait("via") == "header":
        return Clause("read", f"the request header {quoted(_header(fact.value))}", "header")
    return Clause("read", f"the environment variable {quoted(fact.value)}", "variable")


def _header(name: str) -> str:
    """Return a header as it stands in a request: `HTTP_X_REMOTE_UID` is `X-Remote-Uid`."""
    return "-".join(word.capitalize() for word in name.removeprefix("HTTP_").split("_"))


def _import(fact: Fact) -> Clause:
    late = " at run time" if fact.trait("how") == "dynamic" else ""
    return Clause("use", f"the module {quoted(fact.value)}{late}")


def _endpoint(fact: Fact) -> Clause:
    thing = {"port": "port", "host": "host", "socket": "socket"}.get(fact.trait("type"), "address")
    return Clause("name", f"{_ENDPOINTS.get(fact.trait('type'), 'the address')} {quoted(fact.value)}", thing)


def _listening(fact: Fact) -> Clause:
    if fact.value == "abstract":
        return Clause("use", "a local socket that no file shows")
    if fact.value != "any":
        return Clause("use", "the machine's own address")
    instead = " where the address asked for cannot be had" if fact.trait("how") == "fallback" else ""
    return Clause("use", f"every address of the machine{instead}")


def _option(fact: Fact) -> Clause:
    return Clause("understand", f"the option {quoted(fact.value)}", "option")


def _algorithm(fact: Fact) -> Clause:
    how = {"weak": ", a weak algorithm", "fixed": " with a fixed start value"}.get(fact.trait("strength"), "")
    return Clause("use", quoted(fact.value) + how)


def _return(fact: Fact) -> Clause:
    meaning = {"yes": ", which means success", "no": ", which means failure", "maybe": ", which may mean success"}
    return Clause("return", quoted(fact.value) + meaning.get(fact.trait("success"), ""))


def _line(fact: Fact) -> Clause:
    return Clause("have", f"the line {quoted(fact.value)}")


def _document(fact: Fact) -> Clause:
    return Clause("say", f"“{clipped(printable(fact.value), LONGEST)}”")


MAKERS: Makers = {
    "call": _call,
    "string": _string,
    "comparison": _comparison,
    "guard": _guard,
    "environment": _environment,
    "import": _import,
    "endpoint": _endpoint,
    "listening": _listening,
    "option": _option,
    "algorithm": _algorithm,
    "return": _return,
    "line": _line,
    "document": _document,
}

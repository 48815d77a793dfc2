"""Which refusing rule of a packet filter is never reached: one with no more conditions lets pass before it."""

import re
from collections.abc import Iterable, Iterator

_APPENDED = re.compile(r"(?:-t (\w+) )?(?:-A|--append) (\S+) ?(.*?) ?(?:-j|--jump) (ACCEPT|DROP|REJECT)\b")
_OPTION = re.compile(r"((?:! )?--?[A-Za-z][\w-]*(?: ! ?)?)((?: (?!-)(?!! )\S+)*)")
_LOADED = re.compile(r"(?:-m|--match) (?:tcp|udp|comment)\Z|--comment\b")
_CHAIN = re.compile(r"chain (\S+) ?\{")
_VERDICT = re.compile(r"(?!type )(.*?)\s*\b(accept|drop|reject)\b")
_COUNTED = re.compile(r"\bcounter(?: packets \d+ bytes \d+)?|\blog(?: prefix \"[^\"]*\")?")
_MOST = 50
Rule = tuple[str, frozenset[str], bool, str]


def overruled(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Yield for each refusing rule that is never reached both lines, it, and the rule before it that lets pass.

    >>> list(overruled([(1, "-A INPUT -p tcp -j ACCEPT"), (2, "-A INPUT -p tcp --dport 22 -j DROP")]))
    [((1, 2), '-A INPUT -p tcp --dport 22 -j DROP', '-A INPUT -p tcp -j ACCEPT')]
    """
    passing: dict[str, list[tuple[frozenset[str], str, int]]] = {}
    chain = ""
    for number, line in lines:
        text = " ".join(line.split())
        chain = found[1] if (found := _CHAIN.match(text)) else chain
        rule = _appended(text) or _in_chain(text, chain)
        if rule is None:
            continue
        name, conditions, passes, said = rule
        before = passing.setdefault(name, [])
        if passes:
            before.extend([(conditions, said, number)] if conditions and len(before) < _MOST else [])
        elif wider := next((one for one in before if one[0] <= conditions), None):
            yield (wider[2], number), said, wider[1]


def _appended(text: str) -> Rule | None:
    """Return the chain, the conditions and the verdict of a rule of iptables(8)."""
    found = _APPENDED.search(text)
    if not found:
        return None
    options = (" ".join(option[0].split()) for option in _OPTION.finditer(found[3]))
    conditions = frozenset(option for option in options if not _LOADED.match(option))
    return f"{found[1] or 'filter'} {found[2]}", conditions, found[4] == "ACCEPT", found[0]


def _in_chain(text: str, chain: str) -> Rule | None:
    """Return the same of a rule of nft(8), in a chain that is written out."""
    found = _VERDICT.match(text) if chain else None
    if not found:
        return None
    conditions = frozenset(_COUNTED.sub(" ", found[1]).split())
    return f"chain {chain}", conditions, found[2] == "accept", found[0]

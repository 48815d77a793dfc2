"""What a router's firewall lets in from outside: a section of OpenWrt's `firewall` says it only as a whole."""

from collections.abc import Iterator
from itertools import groupby

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.entry import Entry
from zoll.readers.bounds import bounded
from zoll.readers.entries import entries
from zoll.readers.material import Material
from zoll.readers.words import shown

OUTSIDE = frozenset({"wan", "wan6", "wwan", "internet", "*"})
# What every router answers: pings, leases of addresses, who listens to which group, keys of tunnels.
USUAL = frozenset({"68", "546", "500", "4500"})
HARMLESS = frozenset({"icmp", "icmpv6", "igmp", "esp", "ah", "ipv6-icmp"})
DOC = Doc(
    title="What a router's firewall lets in from outside",
    reads=("config/uci",),
    yields=("flag", "permission"),
    limitations=("sections of OpenWrt's own firewall alone; other packet filters are read line by line",),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield what is let in or handed on from outside, and every other thing that is let through."""
    if "firewall" in material.part.place.name:
        yield from bounded(_sections(material))


def _sections(material: Material) -> Iterator[Reading]:
    for _, found in groupby(entries(material), key=lambda entry: entry.group):
        held = list(found)
        kind = held[0].keys[0].partition(" ")[0]
        if kind in ("rule", "redirect"):
            yield from _section(material, kind, held)


def _section(material: Material, kind: str, held: list[Entry]) -> Iterator[Reading]:
    said = {entry.key: entry for entry in reversed(held)}

    def value(*names: str) -> str:
        return next((said[name].value.lower() for name in names if name in said), "")

    passes = value("target") in ("accept", "dnat") or (kind == "redirect" and value("target") != "snat")
    if not passes or value("enabled") in ("0", "no", "off", "false"):
        return
    protocol = value("proto")
    to = " ".join(filter(None, (protocol, value("dest_port", "src_dport") or "every port", value("dest_ip"))))
    told = shown(f"from {value('src') or 'inside'} to {to}")
    at = said.get("target", held[0])
    words = " ".join(f"{entry.key}={entry.value}" for entry in held)[:400]
    yield material.say("permission", f"firewall {told}", at.line, 0, words)
    if value("src") in OUTSIDE and protocol not in HARMLESS and value("dest_port") not in USUAL:
        yield material.say("flag", f"lets in {told}", at.line, 0, words, strength="weak", rule="firewall")

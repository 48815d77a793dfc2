"""Options, settings, endpoints and the like: counted over the whole upgrade, looked up in the old release."""

import pytest

from zoll.judge.reasons import features, words
from zoll.model import Change, Fact, Feature, Hunk, Pair, Part, Place, Reading


class Old:
    """An old release in which some words stand."""

    def __init__(self, *known):
        self.known = known

    def newness(self, change, reading):
        return 2 if reading.fact.value in self.known else 4


def change(gained=(), lost=(), path="src/a.c", kind="code/c", roles=()):
    part = Part(Place((path,)), kind, "d", 1)
    sides = [
        tuple(Reading(Fact(k, v, tuple(t)), Place((path,), "", 7, 7)) for k, v, *t in side) for side in (gained, lost)
    ]
    hunk = Hunk((7, 7), (7, 7), "", "", *sides)
    return Change(Pair(part, part, "place"), (hunk,), tuple(Fact("role", role) for role in roles))


def said(*changes, old=None):
    return [words(one) for some in features(changes, old or Old()) for one in some]


def test_what_came_and_what_went():
    assert said(change([("option", "--fast")], [("option", "--slow")])) == [
        "the option --fast is new",
        "the option --slow is gone",
    ]


def test_what_moved_or_stood_before_is_not_new():
    assert said(change([("option", "--x")]), change((), [("option", "--x")], path="b.c")) == []
    assert said(change([("environment", "HOME")]), old=Old("HOME")) == []
    assert said(change([("option", "-x")]), old=Old("-x")) == ["the option -x is new"]  # too short to look up


@pytest.mark.parametrize("role", ["test", "documentation", "example", "ci", "translation", "build"])
def test_places_where_nothing_is_a_function_of_the_release(role):
    assert (
        said(change([("option", "--x"), ("environment", "X_Y"), ("power", "listen", "call:bind")], roles=[role])) == []
    )


@pytest.mark.parametrize(
    ("fact", "counts"),
    [
        (("endpoint", "https://api.example.net/v1", "type:url"), True),
        (("endpoint", "https://home.example.net", "in:metadata", "type:url"), False),
        (("endpoint", "http://www.w3.org/2000/svg", "type:url"), False),
        (("endpoint", "1.2.6.6", "type:ip"), False),
        (("power", "listen", "call:socket.bind"), True),
        (("power", "listen", "call:http.ServeContent"), False),
        (("power", "run", "call:self.x", "through:x"), False),
        (("power", "write", "call:open"), False),
        (("comparison", "RSL_MT_CHAN_ACTIV", "op:case", "type:constant"), True),
        (("comparison", "ENOENT", "op:case", "type:constant"), False),
        (("comparison", "RSL_MT_CHAN_ACTIV", "op:==", "type:constant"), False),
        (("hook", "npm postinstall"), True),
        (("hook", "deb postinst"), False),
        (("string", "hello"), False),
    ],
)
def test_which_facts_make_a_function(fact, counts):
    assert bool(said(change([fact]))) is counts


def test_an_address_counts_where_the_network_is_used():
    assert said(change([("endpoint", "192.0.2.1", "type:ip"), ("power", "connect", "call:connect")]))[1:] == [
        "the endpoint 192.0.2.1 is new"
    ]


def test_settings_count_in_configuration_that_stood_before():
    gained = [("setting", "tls.verify=true"), ("setting", "port=2")]
    lost = [("setting", "port=1")]
    of = {"path": "etc/x.conf", "kind": "config/ini"}
    assert said(change(gained, lost, roles=["configuration"], **of)) == ["the setting tls.verify is new"]
    assert said(change(gained, lost, **of)) == []
    hardened = [("setting", "Service.ProtectClock=yes"), ("flag", "ProtectClock", "strength:strong", "value:yes")]
    assert said(change(hardened, roles=["configuration"], **of)) == []


def test_dependencies():
    of = {"path": "DEBIAN/control", "kind": "config/deb-control", "roles": ["packaging"]}
    assert said(change([("dependency", "libssl3")], [("dependency", "libssl1.1")], **of)) == []
    assert said(change([("dependency", "a_b.c")], [("dependency", "A-b-c")], **of)) == []
    assert said(change([("dependency", "curl", "group:runtime")], **of)) == ["the dependency curl is new"]
    assert said(change([("dependency", "pytest", "group:dev")], **of)) == []


def test_long_names_are_clipped():
    assert len(words(Feature("option", "--" + "x" * 5000, Place()))) < 200

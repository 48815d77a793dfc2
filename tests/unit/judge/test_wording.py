"""Facts in, sentence out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.judge.clauses import MAKERS
from zoll.judge.wording import plain
from zoll.model import Change, Fact, Hunk, Pair, Part, Place, Reading, Signal

FILE = Place(("pkg/src/login.c",))
FUNCTION = Place(("pkg/src/login.c",), "verify_user")


def fact(words):
    """`kind value trait:x`, where `_` in value and traits stands for a blank and `\\_` for itself."""
    kind, value, *traits = [word.replace(r"\_", "\0").replace("_", " ").replace("\0", "_") for word in words.split()]
    return Fact(kind, value, tuple(sorted(traits)))


def change(place=FUNCTION, old=True, new=True):
    part = Part(place, "code/c", "d", 10)
    return Change(Pair(part if old else None, part if new else None, "place"))


def line(gained=(), lost=(), mentions=-1, novelty="", place=FUNCTION, old=True, new=True, bits=5.0):
    up = [Reading(fact(words), place.at(10 + index)) for index, words in enumerate(gained)]
    down = [Reading(fact(words), place.at(10 + index)) for index, words in enumerate(lost)]
    hunk = Hunk((10, 12), (10, 14), "", "", tuple(up), tuple(down))
    signals = [Signal(f"r{index}", bits - index, "", (one,)) for index, one in enumerate([*up, *down])]
    return plain(change(place, old, new), hunk, signals, lambda _: novelty, lambda _: mentions)


GAINED = [
    ("gate literal->success op:== about:password", "now also succeeds when the password equals a fixed text"),
    (
        "gate literal->success op:== about:password literal:z9",
        "now also succeeds when the password equals the fixed text “z9”",
    ),
    (
        "gate literal->zero op:prefix subject:agent literal:x1",
        "may now also succeed (it returns zero) depending on whether `agent` starts with the fixed text “x1”",
    ),
    (
        "gate magic->power.run op:== about:packet literal:0x7a call:system",
        "now runs a command (`system`) when the received data equals the fixed number “0x7a”",
    ),
    (
        "gate environment->failure subject:NO\\_AUTH op:truth side:else",
        "now fails depending on `NO_AUTH`, read from the environment",
    ),
    ("gate time->power.delete call:unlink", "now deletes a file (`unlink`) depending on the date or time"),
    ("gate identity->exit", "now ends the program depending on who or where it runs"),
    ("gate flag->skip subject:quiet", "now skips the rest depending on `quiet`"),
    ("gate flag->return subject:quiet side:else return:NULL", "now returns `NULL` depending on `quiet`"),
    (
        "gate literal->state op:!= about:user literal:ops set:authorized",
        "now sets `authorized` when the user or identity differs from the fixed text “ops”",
    ),
    (
        "gate constant->call op:== subject:mode literal:MODE\\_X call:relay",
        "now calls `relay` when `mode` equals the constant “MODE_X”",
    ),
    ("gate sequence->log", "now writes a log line depending on a counter or state"),
    ("power run arg:built call:os.system", "now runs a command put together at run time (`os.system`)"),
    ("power run by:name call:sendit", "may now run a command (`sendit`)"),
    ("power evaluate arg:variable", "now runs text from a variable as code"),
    ("power evaluate arg:variable call:getattr", "now calls what a variable names (`getattr`)"),
    ("power listen", "now opens a listening socket"),
    ("power credential name:/etc/shadow", "now reads stored credentials (`/etc/shadow`)"),
    ("power resolve", "now looks up a host name"),
    ("power hide call:prctl", "now takes a step that can hide a process or its traces (`prctl`)"),
    ("weaker operator old:== new:=", "now uses a weaker comparison (`==` became `=`)"),
    (
        "weaker length about:token old:32 new:8",
        "now compares a shorter length in a test of the token (`32` became `8`)",
    ),
    ("weaker length old:minlen=16 new:minlen=8", "now asks for less (`minlen=16` became `minlen=8`)"),
    ("weaker joint", "now asks for something else in a condition"),
    (
        "weaker joint how:empty new:h effect:failure",
        "now lets an empty or missing value pass where it had to be the right one (new: `h`)",
    ),
    ("weaker return old:-1 new:0", "now returns success in place of failure (`-1` became `0`)"),
    ("dropped guard call:verify\\_sig", "no longer lets `verify_sig` decide"),
    ("dropped call call:audit", "no longer calls `audit`"),
    ("weaker timeout old:5 new:5000", "now has a weaker timeout (`5` became `5000`)"),
    ("weaker atom old:c", "now asks for something else in a condition (gone: `c`)"),
    ("dropped check effect:failure", "no longer makes a check that led to an early way out"),
    ("dropped wipe call:memset", "no longer wipes memory after use (`memset`)"),
    ("widened bind old:127.0.0.1 new:0.0.0.0", "now admits more than before (bind) (`127.0.0.1` became `0.0.0.0`)"),
    (
        "hook npm_postinstall words:node_setup.js",
        "now runs `node setup.js` by itself when the package is installed (npm postinstall)",
    ),
    ("hook pth", "now runs something by itself at each start of Python (pth)"),
    (
        "command curl words:curl_-s_host.example when:docker_RUN",
        "now runs the command `curl -s host.example` (docker RUN)",
    ),
    ("dependency left-pad from:git", "now depends on `left-pad`, taken from a git repository"),
    (
        "registry https://mirror.example/ pinned:none",
        "now takes packages or updates from `https://mirror.example/`, not pinned to a version",
    ),
    ("image base:latest pinned:tag", "now uses the container image `base:latest`"),
    ("setting auth.enabled=false", "now sets `auth.enabled` to `false`"),
    ("assignment verify=False strength:weak", "now sets `verify` to `False`, a weak value"),
    ("flag privileged value:true strength:weak", "now sets `privileged` to `true` (a setting that weakens protection)"),
    (
        "flag -e_0 rule:audit strength:weak",
        "now has the rule `-e 0`, which weakens protection",
    ),
    (
        "weaker setting how:gone old:-w_/etc/passwd_(w)",
        "no longer has the rule `-w /etc/passwd (w)`, which protects",
    ),
    (
        "suppressed audit call:!/usr/lib/x rule:AIDE",
        "now keeps something from what is watched by the rule (`!/usr/lib/x`)",
    ),
    (
        "copied sent call:mirror_/copy rule:nginx",
        "now sends what passes to somebody else too, by the rule `mirror /copy`",
    ),
    ("permission contents:write", "now grants the permission `contents:write`"),
    ("mode 4755 setuid:yes", "now has the file mode `4755` and runs with its owner's rights (set-uid)"),
    ("owner 0:0", "now belongs to `0:0`"),
    ("link /etc/passwd leads:out", "now points to `/etc/passwd`, outside the release"),
    (
        "account svc uid:0 password:empty",
        "now has the account `svc` with full rights (user id 0) and an empty password",
    ),
    ("key ab12 type:certificate", "now trusts a certificate"),
    ("secret a32:ab12 type:private-key", "now holds a private key"),
    ("encoded base64:2k shape:base64 decoded:elf", "now holds encoded data (base64) that decodes to a program"),
    ("assembled charcodes into:eval", "now makes text from character codes and passes it to `eval`"),
    ("assembled masked", "now turns bytes with one fixed number (XOR)"),
    (
        "invisible RIGHT-TO-LEFT\\_OVERRIDE kind:bidi",
        "now holds a character that turns the reading order (RIGHT-TO-LEFT_OVERRIDE)",
    ),
    ("far 500", "now has code far to the right, past column 500, after blanks"),
    ("suppressed audit call:audit.off", "now silences an audit record (`audit.off`)"),
    ("call os.getpid", "now calls `os.getpid`"),
    ("string hello", "now holds the text “hello”"),
    ("comparison letmein type:string about:password op:==", "now compares the password with the fixed text “letmein”"),
    ("guard check\\_token", "now lets `check_token` decide"),
    ("environment ZDEBUG", "now reads the environment variable `ZDEBUG`"),
    ("import ctypes how:dynamic", "now uses the module `ctypes` at run time"),
    ("endpoint 192.0.2.7 type:ip", "now names the address `192.0.2.7`"),
    ("option --maint", "now understands the option `--maint`"),
    ("algorithm md5 strength:weak", "now uses `md5`, a weak algorithm"),
    ("return 0 success:maybe", "now returns `0`, which may mean success"),
    ("line hidden=yes", "now has the line `hidden=yes`"),
    ("document New_option", "now says “New option”"),
]


@pytest.mark.parametrize(("words", "said"), GAINED)
def test_a_gained_fact_is_said_in_plain_words(words, said):
    assert line([words]) == f"`verify_user` {said}."


GATES_TURNED = [
    ("op:== about:password literal:z9", "when the password equals the fixed text “z9”"),
    ("op:== about:password literal:z9 side:else", "when the password differs from the fixed text “z9”"),
    ("op:!= about:password literal:z9 side:after", "when the password equals the fixed text “z9”"),
    ("op:== about:password literal:z9 negated:yes", "when the password differs from the fixed text “z9”"),
    ("op:== about:password literal:z9 negated:yes side:after", "when the password equals the fixed text “z9”"),
    ("op:prefix about:path literal:/x side:else", "depending on whether the path starts with the fixed text “/x”"),
    ("op:< subject:n literal:9", "depending on whether `n` is below the fixed text “9”"),
    ("op:truth subject:n literal:9", "depending on the fixed text “9”"),
]


@pytest.mark.parametrize(("traits", "when"), GATES_TURNED)
def test_a_gate_says_which_way_round_only_where_the_fact_shows_it(traits, when):
    assert line([f"gate literal->success {traits}"]) == f"`verify_user` now also succeeds {when}."


def test_an_environment_value_is_compared():
    assert line(["gate environment->success op:== subject:site\\_mode literal:lab"]) == (
        "`verify_user` now also succeeds when `site_mode`, read from the environment, equals the fixed text “lab”."
    )


def test_a_setting_says_what_it_took_the_place_of():
    said = line(["setting ssh.root=yes"], lost=["setting ssh.root=no"])
    assert said == "`verify_user` now sets `ssh.root` to `yes` instead of `no`."
    assert line(["mode 0755"], lost=["mode 0644"]) == "`verify_user` now has the file mode `0755` instead of `0644`."
    assert "instead" not in line(["setting a=1"], lost=["setting b=2"])


def test_two_powers_are_both_said():
    assert line(["power decode call:b64decode", "power run call:system"]) == (
        "`verify_user` now decodes packed or encoded data (`b64decode`) and runs a command (`system`)."
    )


def test_a_wrapper_is_named_as_such():
    assert line(["power run call:go through:go"]) == "`verify_user` now runs a command (through `go`)."


LOST = [
    ("power listen", "no longer opens a listening socket"),
    ("gate call->failure", "no longer fails depending on the result of another call"),
    ("guard verify\\_sig", "no longer lets `verify_sig` decide"),
    ("setting tls.verify=true", "no longer sets `tls.verify` to `true`"),
    (
        "flag NoNewPrivileges value:yes strength:strong",
        "no longer sets `NoNewPrivileges` to `yes` (a setting that protects)",
    ),
    ("account guest", "no longer has the account `guest`"),
]


@pytest.mark.parametrize(("words", "said"), LOST)
def test_a_lost_fact_is_said_as_lost(words, said):
    assert line(lost=[words]) == f"`verify_user` {said}."


def test_what_nobody_looked_up_is_not_called_missing():
    assert "mentions" not in line(["gate literal->success op:== about:password literal:z9"], mentions=-1)
    assert "mentions" not in line(["gate literal->success op:== about:password literal:z9"], mentions=2)


def test_what_is_missing_is_said():
    said = line(["gate literal->success op:== about:password literal:z9"], mentions=0)
    assert said.endswith("equals the fixed text “z9”; nothing else in the release mentions that text.")


def test_a_clause_without_a_word_cannot_be_unmentioned():
    assert line(["power listen"], mentions=0) == "`verify_user` now opens a listening socket."


def test_a_lost_reading_is_never_called_new():
    assert (
        line(lost=["environment X"], mentions=0, novelty="release")
        == "`verify_user` no longer reads the environment variable `X`."
    )


@pytest.mark.parametrize(
    ("novelty", "tail"),
    [
        ("release", "; that is new to the whole release"),
        ("component", "; that is new to this component"),
        ("file", "; that is new to this file"),
        ("function", ""),
        ("", ""),
    ],
)
def test_novelty_is_said_from_the_file_upwards(novelty, tail):
    assert line(["power listen"], novelty=novelty) == f"`verify_user` now opens a listening socket{tail}."


def test_the_subject_is_the_file_without_a_function():
    assert line(["power listen"], place=FILE) == "`login.c` now opens a listening socket."


def test_new_and_removed_parts_say_so():
    assert line(["power listen"], old=False) == "The new function `verify_user` opens a listening socket."
    assert line(["power listen"], place=FILE, old=False) == "The new file `login.c` opens a listening socket."
    assert line(lost=["guard check"], new=False) == "The removed function `verify_user` no longer lets `check` decide."


def test_a_new_function_does_not_also_succeed():
    said = line(["gate literal->success op:== about:password"], old=False)
    assert said == "The new function `verify_user` succeeds when the password equals a fixed text."


def test_the_address_on_the_same_line_is_where_it_connects():
    at = FUNCTION.at(7)
    hunk = Hunk(
        gained=(Reading(fact("power connect call:connect"), at), Reading(fact("endpoint 192.0.2.7 type:ip"), at))
    )
    signals = [Signal("reach", 4.0, "", hunk.gained)]
    said = plain(change(), hunk, signals, lambda _: "release", lambda r: 0 if r.fact.kind == "endpoint" else -1)
    assert said == (
        "`verify_user` now opens a network connection to `192.0.2.7` (`connect`); "
        "nothing else in the release mentions that address."
    )


def test_an_address_elsewhere_in_the_change_is_only_named():
    hunk = Hunk(
        gained=(
            Reading(fact("power send"), FUNCTION.at(7)),
            Reading(fact("endpoint 192.0.2.7 type:ip"), FUNCTION.at(9)),
        )
    )
    said = plain(change(), hunk, [Signal("reach", 4.0, "", hunk.gained)], lambda _: "", lambda _: -1)
    assert said == "`verify_user` now sends data (the change names `192.0.2.7`)."


def test_two_strong_facts_make_one_sentence():
    assert line(["power run arg:fixed", "encoded base64 shape:base64"]) == (
        "`verify_user` now runs a fixed command and holds encoded data (base64)."
    )


def test_a_gate_does_not_repeat_its_power_or_its_literal():
    said = line(
        [
            "gate literal->power.run op:== subject:cmd literal:zz call:system",
            "power run call:system",
            "string zz",
            "comparison zz",
        ]
    )
    assert said == "`verify_user` now runs a command (`system`) when `cmd` equals the fixed text “zz”."


def test_gained_and_lost_are_not_joined():
    assert line(["power run"], lost=["flag NoNewPrivileges"]) == "`verify_user` now runs a command."


def test_more_bits_lead():
    strong = Reading(fact("environment ZX"), FUNCTION)
    weak = Reading(fact("power run"), FUNCTION)
    hunk = Hunk(gained=(weak, strong))
    signals = [Signal("a", 1.0, "", (weak,)), Signal("b", 8.0, "", (strong,))]
    assert plain(change(), hunk, signals, lambda _: "", lambda _: -1).startswith(
        "`verify_user` now reads the environment"
    )


def test_without_evidence_the_readings_speak():
    hunk = Hunk((1, 1), (1, 3), gained=(Reading(fact("power run"), FUNCTION),))
    assert plain(change(), hunk, [], lambda _: "", lambda _: -1) == "`verify_user` now runs a command."


@pytest.mark.parametrize(
    ("hunk", "said"),
    [
        (Hunk((1, 3), (1, 2)), "changed in 2 lines"),
        (Hunk((1, 1), (1, 1)), "changed in 1 line"),
        (Hunk((0, 0), (4, 9)), "gained 6 lines"),
        (Hunk((4, 4), (0, 0)), "lost 1 line"),
        (Hunk(), "changed"),
    ],
)
def test_without_facts_only_the_lines_are_counted(hunk, said):
    assert plain(change(), hunk, [], lambda _: "", lambda _: -1) == f"`verify_user` {said}."


TEXTS = st.text(max_size=220)
WORDS = st.sampled_from(
    [
        "run",
        "connect",
        "literal->success",
        "gate->",
        "->",
        "environment->power.send",
        "literal->power.evaluate",
        "guard",
        "length",
    ]
)
TRAITS = st.tuples(
    st.sampled_from(
        ["call", "op", "literal", "subject", "about", "old", "new", "type", "words", "side", "name", "set", "into"]
    ),
    TEXTS,
).map(":".join)
FACTS = st.builds(
    lambda kind, value, traits: Fact(kind, value, tuple(sorted(traits))),
    st.sampled_from([*sorted(MAKERS), "role", "circumstance", "unheard"]),
    TEXTS | WORDS,
    st.lists(TRAITS, max_size=4),
)
READINGS = st.builds(lambda fact, start: Reading(fact, FUNCTION.at(start)), FACTS, st.integers(0, 5))


@given(
    gained=st.lists(READINGS, max_size=5),
    lost=st.lists(READINGS, max_size=5),
    bits=st.floats(-5, 15),
    novelty=st.sampled_from(["", "function", "file", "component", "release"]),
    mentions=st.integers(-1, 2),
    symbol=TEXTS,
    sides=st.sampled_from([(True, True), (False, True), (True, False)]),
)
def test_any_facts_make_one_short_line(gained, lost, bits, novelty, mentions, symbol, sides):
    hunk = Hunk((1, 2), (1, 2), "", "", tuple(gained), tuple(lost))
    signals = [Signal("a", bits, "", tuple(gained)), Signal("b", 2.0, "", tuple(lost))]
    said = plain(change(Place(FILE.hops, symbol), *sides), hunk, signals, lambda _: novelty, lambda _: mentions)
    assert said.strip()
    assert said.isprintable()
    assert len(said) <= 200
    shuffled = Hunk((1, 2), (1, 2), "", "", tuple(gained[::-1]), tuple(lost[::-1]))
    assert said == plain(
        change(Place(FILE.hops, symbol), *sides), shuffled, signals[::-1], lambda _: novelty, lambda _: mentions
    )


def test_what_is_new_is_left_out_where_it_could_mean_either_clause():
    said = line(["power decode", "power run"], novelty="release")
    assert said == "`verify_user` now decodes packed or encoded data and runs a command."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("weaker joint old:|| new:&& effect:failure", "now refuses in fewer cases (`||` became `&&`)"),
        ("weaker joint new:b effect:success", "now has a condition that holds in more cases (new: `b`)"),
        ("weaker operator old:all new:any effect:failure", "now uses a weaker comparison (`all` became `any`)"),
        ("weaker operator old:a!=b new:a>b effect:failure", "now refuses in fewer cases (`a!=b` became `a>b`)"),
        ("dropped check effect:toothless", "no longer leaves after a check that still stands"),
        ("suppressed error call:catch", "now has an error handler that does nothing"),
        ("gate literal->success return:condition op:!= subject:v literal:x9",
         "now returns whether `v` differs from the fixed text “x9”"),
        ("command prettier when:npm_lint words:prettier", "now offers the command `prettier` as `npm run lint`"),
        ("hook npm_uninstall words:x", "now runs `x` by itself when the package is removed (npm uninstall)"),
        ("assignment iv=variable", "now sets `iv` to a value that is worked out"),
    ],
)  # fmt: skip
def test_nothing_is_said_that_the_fact_does_not_show(words, said):
    assert line([words]) == f"`verify_user` {said}."


def test_a_hook_that_was_there_before_is_said_to_have_changed():
    said = line(["hook npm_prepare words:prepare=a"], ["hook npm_prepare words:prepare=b"])
    assert said == "`verify_user` now runs `prepare=a` by itself (npm prepare) instead of `prepare=b`."


def test_what_changed_inside_a_statement_is_not_said_again():
    gained = [Reading(fact(words), FUNCTION.at(10)) for words in ("weaker atom old:c", "altered condition.logic")]
    hunk = Hunk((10, 12), (10, 14), "", "", tuple(gained))
    told = plain(change(), hunk, [Signal("r", 5.0, "", tuple(gained))], lambda _: "", lambda _: -1)
    assert "another" not in told


def test_that_a_statement_came_is_said_only_where_there_is_nothing_else():
    one = Reading(fact("altered inserted.condition"), FUNCTION.at(10), "if (x > 3)")
    other = Reading(fact("call free"), FUNCTION.at(11))
    both = Hunk((10, 12), (10, 14), "", "", (one, other))
    alone = Hunk((10, 12), (10, 14), "", "", (one,))
    signal = [Signal("r", 5.0, "", (one, other))]
    assert plain(change(), both, signal, lambda _: "", lambda _: -1) == "`verify_user` now calls `free`."
    told = plain(change(), alone, signal, lambda _: "", lambda _: -1)
    assert told == "`verify_user` now has one more condition (`if (x > 3)`)."

"""A clause: verb and rest, in every tense."""

import re
from pathlib import Path

import pytest

from zoll.judge.clauses import MAKERS, Clause, clause, clipped, printable, quoted
from zoll.model import Fact

FACTS = Path(__file__).parents[3] / "docs" / "facts.md"
SILENT = {"among", "statement", "role", "place", "circumstance"}


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (Clause("run", "a command").said(lost=False, fresh=False), "now runs a command"),
        (Clause("run", "a command").said(lost=False, fresh=True), "runs a command"),
        (Clause("look up", "a name").said(lost=True, fresh=False), "no longer looks up a name"),
        (Clause("let", "`x` decide", gone=True).said(lost=False, fresh=False), "no longer lets `x` decide"),
        (Clause("pass", "it", sure=False).said(lost=False, fresh=False), "may now pass it"),
        (Clause("succeed", "", also=True).said(lost=False, fresh=False).rstrip(), "now also succeeds"),
        (Clause("have", "it").said(lost=False, fresh=False, linked=True), "has it"),
    ],
)
def test_a_clause_is_said_in_the_right_tense(made, said):
    assert made == said


def test_every_kind_of_the_vocabulary_is_said_or_silent():
    rows = [
        line
        for line in FACTS.read_text(encoding="utf-8").split("### Power classes")[0].splitlines()
        if line.startswith("| `")
    ]
    rows += [
        line
        for line in FACTS.read_text(encoding="utf-8").split("## From configuration")[1].splitlines()
        if line.startswith("| `")
    ]
    kinds = {re.match(r"\| `([a-z-]+)`", row)[1] for row in rows}
    assert kinds - set(MAKERS) - SILENT == set()


@pytest.mark.parametrize(
    "words", ["role authentication", "place file", "circumstance small", "power unheard-of", "gate literal->unheard"]
)
def test_what_says_nothing_by_itself_has_no_clause(words):
    assert clause(Fact(*words.split())) is None


def test_an_address_goes_where_the_power_goes():
    assert clause(Fact("power", "listen"), "4444", near=True).rest == "a listening socket on `4444`"
    assert clause(Fact("power", "run"), "4444", near=True).rest == "a command"


def test_quoted_text_stays_on_one_line_and_short():
    assert quoted("a`b\x1b[0m\n\u202e") == "`a'b\\x1b[0m\\n\\u202e`"
    assert printable("\udcff") == "\\udcff"
    assert len(quoted("x" * 99)) == 50
    assert clipped("abc", 3) == "abc"


@pytest.mark.parametrize(
    ("kind", "call", "said"),
    [
        ("credential", "getpwnam", "now looks up an account (`getpwnam`)"),
        ("credential", "pwd.getpwuid", "now looks up an account (`pwd.getpwuid`)"),
        ("credential", "getspnam", "now reads stored credentials (`getspnam`)"),
        ("write", "/usr/sbin/adduser", "now changes the accounts of the system (`/usr/sbin/adduser`)"),
        ("hide", "daemon", "now detaches from what started it (`daemon`)"),
        ("kill", "watcher", "now stops a tool that watches the system"),
        ("listen", "debugger", "now lets a debugger in"),
        ("memory", "open", "now opens the memory of a process (`open`)"),
        ("run", "`", "now runs a command (backticks)"),
    ],
)
def test_a_call_is_said_by_what_it_does_where_its_class_would_say_too_much(kind, call, said):
    assert clause(Fact("power", kind, (f"call:{call}",))).said(lost=False, fresh=False) == said


@pytest.mark.parametrize(
    ("words", "traits", "said"),
    [
        (
            ("brought", "run"),
            ("call:popen", "from:request"),
            "now runs a command that a request brings (`popen`)",
        ),
        (("brought", "load"), ("call:dlopen", "from:file"), "now loads a file that it wrote just before (`dlopen`)"),
        (
            ("handed", "peer"),
            ("call:post", "what:environment"),
            "now sends its environment, which may hold keys (`post`)",
        ),
        (("altered", "call.comparison+operator"), ("new:>>", "old:>"), "now has `>>` in place of `>` in a call"),
        (("altered", "deleted.condition"), (), "no longer has the condition"),
        (
            ("weaker", "argument"),
            ("how:default", "new:insecure=true"),
            "now has an open default (new: `insecure=true`)",
        ),
        (
            ("weaker", "argument"),
            ("how:value", "new:listen_all=1", "old:listen_all=0"),
            "now sets a value that protects less (`listen_all=0` became `listen_all=1`)",
        ),
        (
            ("weaker", "mode"),
            ("how:letters", "new:rwm", "old:m"),
            "now lets more be done with what it names (`m` became `rwm`)",
        ),
        (
            ("softened", "adopted"),
            ("new:digest", "old:golden"),
            "now takes over what differs, which it refused before (`golden` is set to `digest`)",
        ),
        (
            ("softened", "partly"),
            ("new:0 (known)", "old:-1"),
            "now refuses only in some cases what it always refused there (`-1` became `0 (known)`)",
        ),
        (("softened", "silent"), ("old:Lost()",), "now leaves without a word where it raised an error (`Lost()`)"),
        (
            ("softened", "nulled"),
            ("new:NIA0", "old:if (t)"),
            "now chooses `NIA0`, which protects nothing, in one case (`if (t)`)",
        ),
        (
            ("weaker", "randomness"),
            ("how:counted", "new:++id", "old:rnd"),
            "now counts up what it drew at random (`rnd` became `++id`)",
        ),
        (("weaker", "argument"), ("how:unheeded", "old:root"), "no longer looks at what it is handed as `root`"),
        (
            ("dropped", "check"),
            ("call:verify", "effect:toothless"),
            "no longer leaves on what `verify` says",
        ),
        (
            ("dropped", "check"),
            ("call:seen", "effect:unnoted"),
            "no longer notes what a check of its own asks for (`seen`)",
        ),
        (("altered", "condition.timed"), (), "now compares in constant time what it compared before"),
        (
            ("weaker", "identity"),
            ("how:kept", "new:seteuid", "old:setuid"),
            "now keeps the way back to the rights that it laid down for good (`setuid` became `seteuid`)",
        ),
        (
            ("dependency", "chalk"),
            ("from:alias", "of:@c/chalk"),
            "now puts the package `@c/chalk` in the place of `chalk`",
        ),
        (("weaker", "argument"), ("how:step", "old:strict()"), "no longer asks for `strict()`"),
        (("weaker", "setting"), ("of:User", "old:app"), "no longer sets `User` to `app`, which protects"),
        (("weaker", "setting"), ("of:cap_drop ALL", "old:ALL"), "no longer sets `cap_drop ALL`, which protects"),
        (("weaker", "setting"), ("of:verify", "old:on", "new:off"), "now has a weaker `verify` (`on` became `off`)"),
        (
            ("weaker", "argument"),
            ("how:step", "new:any", "old:strict()"),
            "now asks for less (`strict()` became `any`)",
        ),
        (
            ("weaker", "argument"),
            ("how:unset", "old:d.Disallow()"),
            "no longer makes the call `d.Disallow()`, which keeps something out",
        ),
        (
            ("weaker", "operator"),
            ("how:unawaited", "new:fits(a)", "old:await fits(a)"),
            "no longer waits for the answer of a check (`fits(a)`)",
        ),
        (
            ("weaker", "argument"),
            ("how:failing", "new:.is_ok()", "old:.unwrap_or(false)"),
            "now counts a failure as a yes (`.unwrap_or(false)` became `.is_ok()`)",
        ),
        (
            ("gate", "magic->power.write"),
            ("literal:/", "op:==", "subject:path"),
            "now writes a file when `path` equals the fixed character “/”",
        ),
    ],
)
def test_single_marks_are_said_as_what_they_are(words, traits, said):
    assert clause(Fact(*words, traits)).said(lost=False, fresh=False) == said


@pytest.mark.parametrize(
    ("words", "traits", "said"),
    [
        ("linked libcurl.so", ("how:needed",), "now needs the library `libcurl.so`"),
        ("linked libx.so", ("how:audit",), "now needs the library `libx.so` to watch the loader"),
        ("linked libx.so", ("how:name",), "now calls itself `libx.so`"),
        ("searched /tmp/x", ("leads:writable",), "now looks for its libraries in `/tmp/x`, where others may write"),
        ("table function", ("key:login", "new:b", "old:a"), "now stands in a table, at `login`, in place of `a`"),
        ("early constructor", ("name:go",), "now runs a function before the program starts (`go`)"),
        ("symbol system", ("how:imported",), "now imports the name `system`"),
        ("section .x", ("entropy:high",), "now has the section `.x`, packed or encrypted"),
        ("overlay <64", ("decoded:zip",), "now holds `zip` behind its end"),
        ("overlay <64", (), "now holds bytes behind its end"),
        ("made-by gcc", (), "now names `gcc` as what built it"),
        ("identifier ab", ("type:build-id",), "now calls its build `ab`"),
        ("signed Someone", (), "now bears a signature that names `Someone`"),
        ("odd cut", (), "now has a head that misleads (cut)"),
    ],
)
def test_what_the_head_of_an_executable_says(words, traits, said):
    assert clause(Fact(*words.split(), traits)).said(lost=False, fresh=False) == said


@pytest.mark.parametrize(("number", "told"), [("0x100007f", True), ("2130706433", True), ("0x100007e", False)])
def test_the_machines_own_address_is_told_where_code_compares_it_as_a_number(number, told):
    made = clause(Fact("gate", "magic->success", (f"literal:{number}", "op:==", "subject:host")))
    assert made is not None
    assert ("(127.0.0.1)" in made.rest) == told
    assert number in made.rest

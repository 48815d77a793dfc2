"""The word that a release would have to mention."""

import pytest

from zoll.declared.words import word_of
from zoll.model import Fact


@pytest.mark.parametrize(
    ("fact", "word"),
    [
        (Fact("gate", "literal->success", ("literal:zq-maint", "op:==")), "zq-maint"),
        (Fact("gate", "null->failure"), ""),
        (Fact("comparison", "svc-unlock", ("type:string",)), "svc-unlock"),
        (Fact("comparison", ":)", ("type:string",)), ""),
        (Fact("comparison", "x", ("type:char",)), ""),
        (Fact("power", "run", ("call:subprocess.run",)), "subprocess"),
        (Fact("power", "run", ("call:self.helper.popen",)), "popen"),
        (Fact("power", "run", ("call:system",)), "system"),
        (Fact("call", "a.b.connect"), "connect"),
        (Fact("import", "xml.dom"), "xml"),
        (Fact("import", "golang.org/x/crypto"), "crypto"),
        (Fact("environment", "SVC_MODE"), "SVC_MODE"),
        (Fact("environment", "(variable)"), ""),
        (Fact("string", "user %s logged in\n"), "logged in"),
        (Fact("command", "/usr/bin/curl", ("words:curl -s x",)), "curl"),
        (Fact("hook", "npm postinstall", ("words:node scripts/setup.js",)), "setup.js"),
        (Fact("setting", "a.b=c"), ""),
        (Fact("linked", "libcurl.so", ("how:needed",)), "libcurl.so"),
        (Fact("searched", "/tmp/lib", ("leads:writable",)), "/tmp/lib"),
        (Fact("symbol", "ptrace", ("how:imported",)), "ptrace"),
    ],
)
def test_the_word_of_a_fact(fact, word):
    assert word_of(fact) == word

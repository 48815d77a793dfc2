"""A check run by what takes in all that it throws has to be asked how it ended."""

import pytest

from zoll.compare.dropped import lost_safeguards
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


def lost_in(language, *texts):
    opened = [open_code(text.encode(), language) for text in texts]
    sides = [one.statements(max(one.code.functions, key=lambda f: len(one.statements(f)))) for one in opened]
    return [(found.call, found.effect) for found in lost_safeguards(View(aligned(*sides)))]


PERL = """sub install {
    my ($file, $list) = @_;
    %s
    my $dir = tempdir();
    unpack_archive($file, $dir);
    copy($dir, $home);
    return;
}
"""
CHECKED = 'eval { verify_signature($file, $list); 1 } or die "refusing $file: $@";'


def test_an_eval_after_which_nobody_asks_swallows_what_a_check_throws():
    bare = PERL % "eval { verify_signature($file, $list) };"
    assert ("verify_signature", "swallowed") in lost_in("perl", PERL % CHECKED, bare)
    assert ("verify_signature", "swallowed") in lost_in("perl", PERL % "verify_signature($file, $list);", bare)


@pytest.mark.parametrize(
    "text",
    [
        'my $ok = eval { verify_signature($file, $list); 1 };\n    die "refusing $file" if !$ok;',
        "eval { verify_signature($file, $list) };\n    die $@ if $@;",
        "verify_signature($file, $list);",
    ],
)
def test_an_eval_of_which_somebody_asks_how_it_ended_is_none(text):
    assert ("verify_signature", "swallowed") not in lost_in("perl", PERL % CHECKED, PERL % text)


LUA = """function M.apply(url)
  local body, err = http.get(url)
  local %s
  if not %s then
    return nil, "signature: " .. tostring(why)
  end
  return install(body)
end
"""


def test_that_a_check_ran_is_not_what_it_says():
    old = LUA % ("good, why = sig.verify(body, key)", "good")
    assert ("sig.verify", "swallowed") in lost_in(
        "lua", old, LUA % ("good, why = pcall(sig.verify, body, key)", "good")
    )
    both = LUA % ("ran, good, why = pcall(sig.verify, body, key)", "ran or not good")
    assert lost_in("lua", old, both) == []

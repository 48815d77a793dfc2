"""Words of a hunk: a closed vocabulary, never a name that a vendor chose."""

from zoll.judge.scene import scene_of
from zoll.judge.words import words_of

SCENE = scene_of(
    [
        "+ gate literal->success literal:zq-maint about:password @undeclared @new:release",
        "+ call vendor_helper @declared",
        "- guard check_signature",
        "= role authentication",
        "= circumstance small",
        "= place language:c",
    ]
)


def test_what_is_said_of_a_hunk():
    assert words_of(SCENE) == (
        "+2..3 facts",
        "+call",
        "+call declared",
        "+gate",
        "+gate about:password",
        "+gate literal->success",
        "+gate new to release",
        "+gate undeclared",
        "-1 facts",
        "-guard",
        "-guard check_signature",
        "=circumstance small",
        "=role authentication",
    )


def test_names_and_literals_that_a_vendor_chose_are_no_words():
    said = " ".join(words_of(SCENE))
    assert "vendor_helper" not in said
    assert "zq-maint" not in said


def test_nothing_says_how_little_there_is():
    assert words_of(scene_of([])) == ("+0 facts", "-0 facts")


def test_functions_of_executables_have_words_of_their_own_beside_the_plain_ones():
    said = words_of(scene_of(["+ altered condition.operator", "= place compiled"]))
    assert {"+altered condition.operator", "+altered condition.operator, compiled", "=place compiled"} <= set(said)


def test_of_what_runs_only_the_first_word_of_when_is_said():
    said = words_of(scene_of(["+ hook npm_~_postinstall words:node_~_x.js", "+ command node when:ci_~_step"]))
    assert {"+hook npm", "+command ci"} <= set(said)
    assert "postinstall" not in " ".join(said)


def test_whose_action_it_is_and_how_firmly_it_is_pinned_are_words():
    said = words_of(scene_of(["+ registry maker/publish@main pinned:branch type:other-writes"]))
    assert {"+registry pinned:branch", "+registry type:other-writes"} <= set(said)

"""What a view of two functions tells."""

from zoll.compare.statements import aligned
from zoll.compare.view import View, last, names
from zoll.parse.code import Call, Statement
from zoll.parse.code import Test as Atom


def test_names_are_subjects_only():
    assert names("if verify(token, MAX_LEN) and user.name") == {"token", "user", "name"}
    assert names("return new $class($this)") == {"class"}  # a call of what the variable holds


def test_moved_text_and_renamed_calls():
    old = [Statement("call", "check_user(u)", 1, 1, calls=(Call("check_user", ("u",)),))]
    new = [Statement("call", "check_users(u)", 1, 1, calls=(Call("check_users", ("u",)),))]
    view = View(aligned(old, new), ["if (len > 9)"], ["x", "if (len>9)"])
    assert view.renamed("check_user")
    assert view.moved_away("len > 9")
    assert not view.moved_away("other")
    assert view.lives("f(u)")
    assert not view.lives("f(w)")


def test_last_name():
    assert last("a.b.c") == "c"


def test_a_test_inside_a_macro_is_one():
    def said(left):
        return [Statement("condition", f"if ({left})", 1, 1, word="if", tests=(Atom("truth", left),))]

    assert View(aligned(said("WARN_ON_ONCE(fd >= most)"), said("likely(fd)"))).stems[0]["fd", "most"] == 1
    assert View(aligned(said("fd"), said("unlikely(!fd)"))).stems[1]["", "fd"] == 1
    assert ("fd", "most") not in View(aligned(said("fd"), said("may(fd >= most)"))).stems[1]

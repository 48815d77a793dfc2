"""What is raised where bytecode cannot be followed."""

from zoll.parse.bytecode.source import BadBytecode


def test_a_refusal_has_a_reason_and_says_it():
    bad = BadBytecode("truncated", "inside a method")
    assert (bad.reason, str(bad)) == ("truncated", "truncated: inside a method")

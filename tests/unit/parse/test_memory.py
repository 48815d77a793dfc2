from zoll.parse.source import open_code

BODY = b'  if (strcmp(a, "x") == 0) {\n    b(1);\n    return g(2);\n  }\n  c = d(a);\n'


def read(text):
    opened = open_code(text, "c")
    return opened.statements(opened.code.functions[-1])


def test_what_is_said_again_stands_at_its_new_place():
    fresh = read(b"int f(int a)\n{\n" + BODY + b"}\n")
    again = read(b"\n\nint f(int a)\n{\n  while (e) {\n  }\n" + BODY + b"}\n")[2:]
    assert [one.text for one in again] == [one.text for one in fresh][1:]
    assert [one.line - two.line for one, two in zip(again, fresh[1:], strict=True)] == [4] * len(again)
    assert again[1].within == fresh[2].within + 1
    assert again[0].tests[0].line == fresh[1].tests[0].line + 4
    assert again[0].tests[0].literal.line == again[0].line

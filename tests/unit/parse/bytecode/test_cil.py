""".NET methods run over texts."""

import pytest

from zoll.parse.bytecode.assembly import readable

pytestmark = pytest.mark.skipif(not readable(), reason="dnfile and dncil are not installed")


@pytest.mark.parametrize(
    "line",
    [
        'if (user.equals("svc-maint")) {',
        'Process.Start("sh", password);',
        "return true;",
        "return this.users.TryGetValue(user, string_) && string_.equals(password);",
    ],
)
def test_statements_are_as_the_source_had_them(line, text_of):
    assert line in text_of("dotnet-login")

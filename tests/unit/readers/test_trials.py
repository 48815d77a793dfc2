"""What stands where only a build for tests takes it in."""

import pytest

from zoll.readers.trials import for_tests

SOURCE = b"""int a(void);
#ifndef UNIT_TEST
int b(void);
#ifdef X
int c(void);
#endif
#else
#ifdef Y
int d(void);
#endif
int e(void);
#endif /* UNIT_TEST */
int f(void);
#if defined(CRC_SELFTEST) // see below
int g(void);
#elif BAR
int h(void);
#endif
#if !defined(LIB_UNIT_TEST)
int i(void);
#else
int j(void);
#endif
#if defined(UNIT_TEST) || defined(REAL)
int k(void);
#endif
"""


@pytest.mark.parametrize("name", "abcdefghijk")
def test_only_what_asks_for_a_build_of_tests(name):
    line = SOURCE[: SOURCE.index(f"int {name}(".encode())].count(b"\n") + 1
    assert for_tests(SOURCE, line) == (name in "degj")


def test_a_name_that_the_file_itself_defines_is_no_such_build():
    source = b"#define UNIT_TEST 1\n#ifdef UNIT_TEST\nint a(void);\n#endif\n"
    assert not for_tests(source, 3)
    assert for_tests(source.replace(b"#define UNIT_TEST 1\n", b"\n"), 3)

import re

import pytest

from zoll.components.tables import compiled, libraries

# What real files of these libraries say.
HEADERS = {
    "zlib": ("zlib.h", '#define ZLIB_VERSION "1.2.13"'),
    "openssl": ("opensslv.h", '# define OPENSSL_VERSION_TEXT    "OpenSSL 1.1.1t  7 Feb 2023"'),
    "expat": ("expat.h", "#define XML_MAJOR_VERSION 2\n#define XML_MINOR_VERSION 5\n#define XML_MICRO_VERSION 0"),
    "sqlite": ("sqlite3.c", '#define SQLITE_VERSION        "3.42.0"'),
    "curl": ("curlver.h", '#define LIBCURL_VERSION "7.88.1"'),
    "mbedtls": ("build_info.h", '#define MBEDTLS_VERSION_STRING         "3.4.0"'),
    "busybox": ("Makefile", "VERSION = 1\nPATCHLEVEL = 36\nSUBLEVEL = 1\nEXTRAVERSION =\nNAME = Unnamed\n"),
    "pcre2": ("pcre2.h", "#define PCRE2_MAJOR           10\n#define PCRE2_MINOR                     42"),
    "dropbear": ("sysoptions.h", '#define DROPBEAR_VERSION "2022.83"'),
    "boost": ("version.hpp", '#define BOOST_LIB_VERSION "1_74"'),
}


def test_every_pattern_compiles_and_can_tell_a_version():
    table = libraries()
    for header in table.header:
        re.compile(header.file)
        assert all(compiled(pattern).groups == 1 for pattern in header.version), header.name
    for banner in table.banner:
        pattern = compiled(banner.version)
        assert "v" in pattern.groupindex, banner.name
        # a pattern that may begin anywhere is tried at every byte
        assert banner.far or not banner.version.startswith("(?s:."), banner.name
        assert banner.name or "n" in pattern.groupindex, banner.word


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_headers_as_they_really_are(name):
    file, text = HEADERS[name]
    rows = [row for row in libraries().header if row.name == name and re.fullmatch(row.file, file)]
    assert any(all(compiled(pattern).search(text.encode()) for pattern in row.version) for row in rows)

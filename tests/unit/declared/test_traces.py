from zoll.declared.traces import MOST_LINES, TOO_MANY, Beside, Tracer, beside_in_text


def traced(data, *words, names=(), lines=True):
    return Tracer(list(words), [words.index(name) for name in names]).trace(data, lines=lines)


def test_lines_are_the_same_wherever_they_stand():
    one = traced(b"a\n  telnet on\nb\n", "telnet").lines[0]
    assert one == traced(b"x\ntelnet   on\n", "telnet").lines[0]
    assert one != traced(b"telnet off\n", "telnet").lines[0]


def test_only_whole_words_count():
    assert traced(b"telnetd\n", "telnet").lines == {}
    assert len(traced(b"TELNET=1\nuse_telnet()\n", "telnet").lines[0]) == 2


def test_without_lines_only_presence_is_told():
    assert traced(b"telnet\n", "telnet", lines=False).lines == {0: ()}


def test_a_word_too_common_says_so():
    assert traced(b"telnet\n" * (MOST_LINES + 1), "telnet").lines == {0: (TOO_MANY,)}


def test_long_lines_are_windows():
    data = b"x" * 50_000 + b" telnet " + b"y" * 50_000
    assert len(traced(data, "telnet").lines[0]) == 1


def beside(data):
    return traced(data, "zlib", names=("zlib",)).versions.get(0, ())


def test_versions_beside_a_name():
    assert beside(b'#define ZLIB_VERSION "1.2.13"') == (Beside("1.2.13", "pinned"),)
    assert beside(b'"zlib": "^1.2.13"') == (Beside("1.2.13", "range"),)
    assert beside(b"zlib 1.2.13") == (Beside("1.2.13", "bare"),)
    assert beside(b"zlib is old, use 1.2.13") == (Beside("1.2.13", "near"),)
    assert beside(b"zlib\nfoo bar 7") == ()


def test_versions_in_a_path():
    assert beside_in_text("third/zlib-1.2.13/inflate.c", ["zlib"]) == {Beside("1.2.13", "pinned")}

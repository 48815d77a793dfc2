"""Where calls take what they are given, by name and by form."""

import pytest

from zoll.parse.code import Call, Statement
from zoll.readers.outlets import for_debugging, named, outlet, streamed


def whither(name, *args, language="c", text=""):
    call = Call(name, args)
    return outlet(call, Statement("call", text or f"{name}({', '.join(args)})", 1, 1, calls=(call,)), language)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("LOGPLCHAN", ("lchan", "DRSL", "LOGL_NOTICE", '"cipher %s"', "name")),
        ("ast_log", ("LOG_NOTICE", '"%s"', "name")),
        ("zlog_debug", ('"%s"', "name")),
        ("RLOG_NOTICE", ('"%s"', "name")),
        ("emit_line", ("SVC_WARNING", '"%s"', "name")),
        ("hexdump", ("key", "16")),
        ("logrus.WithField", ('"key"', "key")),
    ],
)
def test_a_log_shows_in_its_form(name, args):
    assert whither(name, *args) == "log"


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("open_session", ('"%s"', "name")),
        ("LOGIN", ('"name"', "password")),
        ("catalog_add", ('"%s"', "name")),
        ("set_level", ("LOG_NOTICE", "name")),
        ("is_debug", ("module",)),
    ],
)
def test_what_has_neither_name_nor_level_is_none(name, args):
    assert not whither(name, *args)


def test_powers_say_more_than_form():
    assert whither("sendto", "fd", "line", "9", "0", "&to", "sizeof(to)") == "peer"
    assert whither("fprintf", "stderr", '"%s"', "line") == "screen"
    assert whither("fprintf", "out", '"%s"', "line") == "file"
    assert whither("logger", '"$line"', language="shell") == "log"


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ('LOG(INFO) << "x" << key', "log"),
        ("std::cerr << key", "screen"),
        ("kept << key", "file"),
        ("mask << 3", ""),
        ("shift(LOG_X) << 3", ""),
    ],
)
def test_streams_are_poured_into(text, to):
    assert streamed(Statement("other", text, 1, 1), frozenset({"kept"}))[0] == to


def test_debugging_shows_in_name_or_level():
    assert for_debugging(Call("wpa_printf", ("MSG_DEBUG", '"x"')))
    assert for_debugging(Call("RDEBUG3", ('"x"',)))
    assert not for_debugging(Call("LOGP", ("DRR", "LOGL_NOTICE", '"DEBUG"')))
    assert named("osmo_log")
    assert not named("LOGOUT")


@pytest.mark.parametrize(
    ("name", "args", "to"),
    [
        ("os.write", ("write_file_descriptor", "passphrase"), "command"),
        ("gpg.stdin.write", ("passphrase",), "command"),
        ("os.write", ("fd", "passphrase"), "file"),
        ("stash.write", ("passphrase",), "file"),
    ],
)
def test_what_a_started_program_reads_is_no_file(name, args, to):
    assert whither(name, *args, language="python") == to

import pytest

from zoll.readers.shapes import endpoints_in
from zoll.readers.words import about_of, security_of, split, subject_of


def test_split_keeps_words_whole():
    assert split("HTTPServerLatest_author") == ("http", "server", "latest", "author")


@pytest.mark.parametrize(
    ("expression", "subject", "about"),
    [
        ("strlen(ctx->user.password)", "password", "password"),
        ('req.headers["X-Relay"]', "X-Relay", "header"),
        ("argv[1]", "argv", "input"),
        ('"$user"', "user", "user"),
        ("author", "author", ""),
        ("$ac_cv_header_pwd_h", "ac_cv_header_pwd_h", ""),
        ("pkt->hdr.magic", "magic", "packet"),
    ],
)
def test_subjects(expression, subject, about):
    assert (subject_of(expression), about_of(expression)) == (subject, about)


def test_security_named_targets():
    assert security_of("s->authenticated") == "success"
    assert security_of("this.rejectUnauthorized") == "verify"
    assert security_of("latest") == ""


def test_an_address_ends_where_the_text_around_it_goes_on():
    text = "see [x](https://a.example/b_(c)), (http://b.example/x)](http://c.example/q). http://[2001:db8::1]:80/x"
    urls = [value for kind, value, *_ in endpoints_in(text) if kind == "url"]
    assert urls == ["https://a.example/b_(c)", "http://b.example/x", "http://c.example/q", "http://[2001:db8::1]:80/x"]


def test_what_describes_a_credential_is_no_credential():
    assert about_of("fido_cred_fmt(cred)") == "mode"
    assert about_of("fido_cred_pin(cred)") == "password"
    assert about_of("$this->credentialUserIdentifier") == "mode"
    assert about_of("opts.password_file") == "path"
    assert about_of("session_id") == "token"
    assert about_of("usr_name") == "user"
    assert about_of("with_route_usr_dir") == "path"


def test_two_sentences_without_a_blank_are_no_host():
    assert endpoints_in("will refuse to load this file.To fix this, use") == ()
    assert [value for _, value, *_ in endpoints_in("send it to drop.example.net please")] == ["drop.example.net"]

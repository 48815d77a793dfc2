import pytest

from zoll.readers.outcomes import call_outcome, name_outcome, sets_outcome, value_outcome


@pytest.mark.parametrize(
    ("value", "language", "outcome"),
    [
        ("true, nil", "go", "success"),
        ("false, err", "go", "failure"),
        ('nil, errors.New("no")', "go", "failure"),
        ("nil", "go", "zero"),
        ("Ok(true)", "rust", "success"),
        ("Err(Denied)", "rust", "failure"),
        ("1", "shell", "failure"),
        ("-EPERM", "c", "failure"),
        ("AUTH_NOT_OK", "c", "failure"),
        ("LoginResult.ALLOW", "java", "success"),
        ("user.name", "python", "return"),
        ("", "python", "return"),
    ],
)
def test_returned_values(value, language, outcome):
    assert value_outcome(value, language) == outcome


def test_names_speak_in_whole_words():
    assert name_outcome("INVALID") == "failure"
    assert name_outcome("token") == ""
    assert name_outcome("grantor") == ""


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("session.setAuthenticated", "success"),
        ("parsers.set", "call"),
        ("allow", "success"),
        ("is_allowed", "call"),
        ("logger.warning", "log"),
        ("process.exit", "exit"),
        ("deny_access", "failure"),
    ],
)
def test_calls(name, outcome):
    assert call_outcome(name) == outcome


def test_assignments_to_results():
    assert sets_outcome("rc", "0", "c") == "zero"
    assert sets_outcome("ok", "0", "c") == "failure"
    assert sets_outcome("pam_ret", "PAM_SUCCESS", "c") == "success"
    assert sets_outcome("total", "1", "c") == ""

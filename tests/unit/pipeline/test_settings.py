"""What a user may set has sane defaults and cannot be changed under way."""

import pytest

from zoll.pipeline.settings import Settings, Silence


def test_the_defaults_ask_for_nothing():
    assert (Settings().jobs, Settings().strict, Settings().notes) == (0, False, ())


def test_settings_stay_as_they_are():
    with pytest.raises(AttributeError):
        Settings().jobs = 3


def test_silence_takes_whatever_is_told():
    silence = Silence()
    assert (silence.stage("reading", 3), silence.step(2), silence.note("x")) == (None, None, None)

from zoll.sandbox.limits import Limits


def test_time_grows_with_weight():
    limits = Limits(wall=10.0, wall_per_mb=2.0)
    assert limits.seconds(0) == 10.0
    assert limits.seconds(3_000_000) == 16.0

from zoll.parse.crontab import jobs


def test_jobs_of_the_system_and_of_one_user():
    text = "PATH=/bin\n# x\n@reboot root /a b\n0 5 * * 1-5 www sh -c d\n"
    assert [(j.schedule, j.user, j.command, j.line) for j in jobs(text, users=True)] == [
        ("@reboot", "root", "/a b", 3),
        ("0 5 * * 1-5", "www", "sh -c d", 4),
    ]
    assert [(j.user, j.command) for j in jobs("* * * * * ls -l", users=False)] == [("", "ls -l")]

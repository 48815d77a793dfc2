import base64

from zoll.fetch import npmrc


def test_stronger_files_and_variables_win(home, monkeypatch):
    (home / ".npmrc").write_text(
        "registry=https://one.example/\nproxy=http://proxy.example:3128\n; no\n# no\nstrict-ssl\n"
    )
    project = home / "project"
    project.mkdir()
    (project / ".npmrc").write_text("registry = 'https://two.example/npm'\n")
    assert npmrc.load().registry("") == "https://one.example/"
    monkeypatch.chdir(project)
    assert npmrc.load().registry("") == "https://two.example/npm/"
    monkeypatch.setenv("npm_config_registry", "https://three.example")
    assert npmrc.load().registry("@any") == "https://three.example/"
    assert npmrc.load().access("http://three.example/").proxy == "http://proxy.example:3128"


def test_a_projects_own_file_cannot_name_the_users_variables(home, monkeypatch):
    monkeypatch.setenv("TOKEN", "secret")
    line = "//evil.example/:_authToken=${TOKEN}\n"
    (home / ".npmrc").write_text("//good.example/:_authToken=${TOKEN}\n")
    project = home / "project"
    project.mkdir()
    (project / ".npmrc").write_text(line)
    monkeypatch.chdir(project)
    settings = npmrc.load()
    assert settings.authorization("https://evil.example/x") == {}
    assert settings.authorization("https://good.example/x/y") == {"Authorization": "Bearer secret"}


def test_user_and_password_and_the_longest_prefix(home):
    coded = base64.b64encode(b"pass").decode()
    (home / ".npmrc").write_text(
        f"//a.example/:_auth=eDp5\n//a.example/deep/:username=me\n//a.example/deep/:_password={coded}\n"
    )
    settings = npmrc.load()
    assert settings.authorization("https://a.example/deep/name") == {"Authorization": "Basic bWU6cGFzcw=="}
    assert settings.authorization("https://a.example/other") == {"Authorization": "Basic eDp5"}
    assert settings.authorization("https://b.example/deep/name") == {}


def test_lists_and_certificates(home):
    (home / ".npmrc").write_text(
        "ca[]=one\nca[]=two\ncafile=/etc/ca.pem\nstrict-ssl=false\nnoproxy=in.example,b\nproxy=http://p\n"
    )
    access = npmrc.load().access("https://deep.in.example/")
    assert (access.cafile, access.ca, access.unverified, access.proxy) == ("/etc/ca.pem", "one,two", ("*",), "")

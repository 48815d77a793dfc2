from zoll.fetch.sources import Archive, configured, retargeted, written

DEB822 = """# archives
Types: deb
URIs: http://archive.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Architectures: amd64
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc

Enabled: no
URIs: http://off.example
Suites: bookworm
"""
ONE_LINE = """# deb http://no.example bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://third.example/apt cloud-sdk-bookworm main # third
deb-src http://archive.example/security bookworm-security/updates main
"""


def archives(tmp_path):
    (tmp_path / "a.sources").write_text(DEB822)
    (tmp_path / "b.list").write_text(ONE_LINE)
    return configured([tmp_path / "a.sources", tmp_path / "b.list", tmp_path / "missing.list"])


def test_both_forms_are_read_and_what_is_off_is_not(tmp_path):
    first, second, third = archives(tmp_path)
    assert first.suites == ("bookworm", "bookworm-updates")
    assert first.options == (("Signed-By", "\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc"),)
    assert second == Archive("http://third.example/apt", ("cloud-sdk-bookworm",), "main", (("Signed-By", "/k.gpg"),))
    assert third.suites == ("bookworm-security/updates",)


def test_another_suite_of_the_same_archives_and_no_third_party(tmp_path):
    turned = retargeted(archives(tmp_path), "debian", "trixie")
    assert [archive.suites for archive in turned] == [("trixie", "trixie-updates"), ("trixie-security/updates",)]
    assert retargeted(archives(tmp_path), "ubuntu", "noble") == []
    assert retargeted(archives(tmp_path), "debian", "debian-13") == turned


def test_what_is_written_reads_back(tmp_path):
    found = archives(tmp_path)
    (tmp_path / "again.sources").write_text(written(found, "deb deb-src"))
    assert configured([tmp_path / "again.sources"]) == found
    assert "Architectures" not in written(found, "deb")

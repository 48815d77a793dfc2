"""What was declared and is not so weighs: claims, components under the same version, bills of materials."""

import json

import pytest

from zoll.pipeline.inspection import inspect
from zoll.pipeline.settings import Settings

PACKAGE = {"package.json": '{"name": "zq", "version": "1.0.0"}', "index.js": "exports.a = 1;\n"}
INNER = "node_modules/zq-mini"
LIBRARY = {
    f"{INNER}/package.json": '{"name": "zq-mini", "version": "2.1.0"}',
    f"{INNER}/index.js": "exports.check = function check(said) {\n  return said === held;\n};\n",
}
OTHER = {**LIBRARY, f"{INNER}/index.js": LIBRARY[f"{INNER}/index.js"].replace("===", "==")}
LOG = "# Changes\n\n## 1.0.0\n\n- First release.\n"
TELNET = "import telnetlib\n\n\ndef telnet_login(host):\n    return telnetlib.Telnet(host)\n"


def bill(*names):
    listed = [{"type": "library", "name": name, "version": "2.1.0", "purl": f"pkg:npm/{name}@2.1.0"} for name in names]
    own = {"type": "application", "name": "zq", "version": "1.0.0", "purl": "pkg:npm/zq@1.0.0"}
    return json.dumps(
        {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": own}, "components": listed}
    )


@pytest.fixture
def upgrade(tmp_path, adds_up):
    def run(old, new, sbom=""):
        for side, files in (("old", old), ("new", new)):
            for name, text in files.items():
                path = tmp_path / side / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        sboms = ()
        if sbom:
            (tmp_path / "bom.json").write_text(sbom)
            sboms = (str(tmp_path / "bom.json"),)
        report = inspect(tmp_path / "old", tmp_path / "new", Settings(jobs=1, strict=True, sboms=sboms))
        adds_up(report)
        return report

    return run


def spoken(report, rule):
    return [
        (one.change.pair.place.path, one.change.pair.place.symbol, one.title)
        for one in report.findings
        if rule in {signal.rule for signal in one.signals}
    ]


def test_a_change_under_the_same_version_weighs_and_names_the_function(upgrade):
    report = upgrade({**PACKAGE, **LIBRARY}, {**PACKAGE, **OTHER})
    [(path, symbol, _)] = spoken(report, "undeclared/component-same-version")
    assert (path, symbol) == (f"{INNER}/index.js", "check")
    [change] = [one for one in report.components if one.how == "modified"]
    assert (change.functions.changed, change.functions.names) == (1, ("check",))


def test_another_version_may_have_other_content(upgrade):
    later = {**OTHER, f"{INNER}/package.json": LIBRARY[f"{INNER}/package.json"].replace("2.1.0", "2.1.1")}
    assert spoken(upgrade({**PACKAGE, **LIBRARY}, {**PACKAGE, **later}), "undeclared/component-same-version") == []


def test_the_release_itself_is_no_component_of_its_own(upgrade):
    report = upgrade(PACKAGE, {**PACKAGE, "index.js": "exports.a = 2;\n"})
    assert spoken(report, "undeclared/component-same-version") == []


def test_a_claim_that_is_not_borne_out_is_a_finding_at_its_note(upgrade):
    old = {"telnet.py": TELNET, "main.py": "a = 1\n", "CHANGES.md": LOG}
    new = {
        **old,
        "main.py": "a = 2\n",
        "CHANGES.md": LOG.replace("\n\n##", "\n\n## 1.1.0\n\n- Removed `telnet_login`.\n\n##", 1),
    }
    report = upgrade(old, new)
    assert [(claim.subject, claim.outcome) for claim in report.claims] == [("telnet_login", "missing")]
    [finding] = [one for one in report.findings if "undeclared/claim-not-borne-out" in {s.rule for s in one.signals}]
    assert finding.change.pair.place.path == "CHANGES.md"
    assert finding.hunk.new == (5, 5)
    assert (
        finding.title == "`CHANGES.md` now claims to have removed `telnet_login`, which the upgrade does not bear out."
    )
    assert finding.level != "hold"  # a wrong word in the notes alone stops no upgrade


def test_a_claim_that_is_true_is_none(upgrade):
    old = {"telnet.py": TELNET, "main.py": "a = 1\n", "CHANGES.md": LOG}
    new = {
        "main.py": "a = 1\n",
        "CHANGES.md": LOG.replace("\n\n##", "\n\n## 1.1.0\n\n- Removed `telnet_login`.\n\n##", 1),
    }
    assert spoken(upgrade(old, new), "undeclared/claim-not-borne-out") == []


def test_what_came_and_no_bill_lists(upgrade):
    report = upgrade(PACKAGE, {**PACKAGE, **LIBRARY}, bill("zq-other", "zq-third"))
    assert f"{INNER}/index.js" in {path for path, *_ in spoken(report, "undeclared/component-unlisted")}
    assert spoken(upgrade(PACKAGE, {**PACKAGE, **LIBRARY}, bill("zq-mini")), "undeclared/component-unlisted") == []


def test_what_stood_there_unlisted_before_is_not_this_upgrades(upgrade):
    report = upgrade({**PACKAGE, **LIBRARY}, {**PACKAGE, **LIBRARY, "index.js": "exports.a = 2;\n"}, bill("zq-other"))
    assert spoken(report, "undeclared/component-unlisted") == []


def test_what_a_bill_lists_and_is_not_there(upgrade):
    report = upgrade({**PACKAGE, **LIBRARY}, {**PACKAGE, **OTHER}, bill("zq-mini", "zq-gone"))
    [(path, _, title)] = spoken(report, "undeclared/component-unfound")
    assert path == "bom.json"
    assert title == "`bom.json` now lists `zq-gone`, which was not found."
    wrong = upgrade({**PACKAGE, **LIBRARY}, {**PACKAGE, **OTHER}, bill("zq-a", "zq-b", "zq-mini"))
    assert spoken(wrong, "undeclared/component-unfound") == []

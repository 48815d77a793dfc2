import json

from hypothesis import given
from hypothesis import strategies as st

from zoll.declared.advisories import notes_of_advisory
from zoll.model import Place

AT = Place(("advisories", "a.json"))
ADVISORY = {
    "document": {
        "csaf_version": "2.0",
        "title": "Two flaws in the small cell",
        "notes": [
            {"category": "summary", "text": "An  update\nis there."},
            {"category": "legal_disclaimer", "text": "x"},
        ],
    },
    "product_tree": {
        "branches": [
            {
                "category": "vendor",
                "name": "Zq",
                "branches": [{"name": "cell", "product": {"product_id": "P1", "name": "Zq Cell 1.4.3"}}],
            }
        ],
        "relationships": [{"full_product_name": {"product_id": "P2", "name": "Zq Cell 1.4.3 on Board"}}],
    },
    "vulnerabilities": [
        {
            "cve": "CVE-2099-0001",
            "title": "Overflow",
            "product_status": {"fixed": ["P1", "P2"]},
            "remediations": [{"category": "vendor_fix", "details": "Install 1.4.3."}],
        },
        {"cve": "CVE-2099-0002", "product_status": {"known_affected": ["P1"]}},
        {"ids": [{"text": "ZQ-7"}], "product_status": {"known_not_affected": ["P1"]}},
    ],
}


def test_products_and_flaws_become_notes():
    notes = notes_of_advisory(json.dumps(ADVISORY, indent=1).encode(), AT)
    assert [note.words for note in notes] == [
        "Two flaws in the small cell",
        "Products: Zq Cell 1.4.3 on Board, Zq Cell 1.4.3",
        "An update is there.",
        "Fixed CVE-2099-0001 in Zq Cell 1.4.3, Zq Cell 1.4.3 on Board: Overflow",
        "CVE-2099-0001 Install 1.4.3.",
        "CVE-2099-0002 affects Zq Cell 1.4.3",
        "ZQ-7 does not affect Zq Cell 1.4.3",
    ]
    assert {(note.by, note.fresh) for note in notes} == {("user", True)}
    assert notes[3].at.start > notes[0].at.start > 0


def test_what_is_no_advisory_says_nothing():
    assert notes_of_advisory(b"{}", AT) == ()
    assert notes_of_advisory(b"[" * 100_000, AT) == ()


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
)


@given(st.sampled_from(["document", "product_tree", "vulnerabilities"]), JSON)
def test_no_value_makes_it_fall(key, value):
    broken = (
        {**ADVISORY, key: value}
        if key != "document"
        else {**ADVISORY, "document": {"csaf_version": "2.0", "notes": value}}
    )
    notes_of_advisory(json.dumps(broken).encode(), AT)
    notes_of_advisory(json.dumps({**ADVISORY, "vulnerabilities": [{"cve": "C", "product_status": value}]}).encode(), AT)

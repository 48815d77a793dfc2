"""A result that is tested otherwise than everywhere else."""

OTHERS = "\n".join(
    f"int user{number}(struct m *m)\n{{\n    if (seal_open(m, {number}) != 1)\n        return -1;\n    return 0;\n}}\n"
    for number in range(4)
)
OURS = """int verify_message(struct m *m)
{
    if (seal_open(m, 9) != 1)
        return -1;
    note(m);
    return 0;
}
"""


def upgraded(upgrade, old, new):
    return upgrade({"src/others.c": OTHERS, "src/ours.c": old}, {"src/others.c": OTHERS, "src/ours.c": new})


def unlike(gained, report):
    return [(one.value, one.trait("how"), one.trait("test"), one.trait("others")) for one in gained(report, "unlike")]


def test_another_test_than_all_the_others(upgrade, gained):
    report = upgraded(upgrade, OURS, OURS.replace("!= 1", "== 0"))
    assert unlike(gained, report) == [("seal_open", "tested", "== 0", "!= 1")]


def test_not_looked_at(upgrade, gained):
    report = upgraded(
        upgrade, OURS, OURS.replace("    if (seal_open(m, 9) != 1)\n        return -1;\n", "    seal_open(m, 9);\n")
    )
    assert unlike(gained, report) == [("seal_open", "ignored", "", "!= 1")]


def test_a_new_file_too(upgrade, gained):
    new = {"src/others.c": OTHERS, "src/ours.c": OURS.replace("!= 1", "== 0")}
    assert unlike(gained, upgrade({"src/others.c": OTHERS}, new)) == [("seal_open", "tested", "== 0", "!= 1")]


def test_the_same_test_turned_round_is_none(upgrade, gained):
    new = OURS.replace("!= 1)\n        return -1;", "== 1)\n        return 0;\n    return -1;")
    assert unlike(gained, upgraded(upgrade, OURS, new)) == []

"""A function around a power is a power, as far as names say which function is meant."""

WRAPPER = """#include <stdlib.h>

int launch_tool(const char *line)
{
    return system(line);
}
"""
CALLER = """void refresh(const char *name)
{
    note(name);
%s}
"""


def upgraded(upgrade, line, wrapper=WRAPPER):
    return upgrade(
        {"src/tool.c": wrapper, "src/view.c": CALLER % ""},
        {"src/tool.c": wrapper, "src/view.c": CALLER % line},
    )


def powers(gained, report):
    return {(fact.value, fact.trait("through")) for fact in gained(report, "power")}


def test_a_call_of_a_wrapper_is_a_power(upgrade, gained):
    report = upgraded(upgrade, "    launch_tool(name);\n")
    assert ("run", "launch_tool") in powers(gained, report)


def test_a_wrapper_of_a_wrapper_too(upgrade, gained):
    twice = WRAPPER + "\nint launch_twice(const char *line)\n{\n    return launch_tool(line) + launch_tool(line);\n}\n"
    report = upgraded(upgrade, "    launch_twice(name);\n", twice)
    assert ("run", "launch_twice") in powers(gained, report)


def test_a_method_of_some_other_object_is_not(upgrade, gained):
    report = upgraded(upgrade, "    name->launch_tool(name);\n")
    assert powers(gained, report) == set()


def test_a_wrapper_is_found_among_many_files(upgrade, gained, monkeypatch):
    monkeypatch.setattr("zoll.pipeline.batches.BATCH", 100)  # several batches, some of one file
    others = {f"src/other{number}.c": f"int other{number}(void)\n{{\n    return {number};\n}}\n" for number in range(9)}
    same = {**others, "src/tool.c": WRAPPER}
    report = upgrade({**same, "src/view.c": CALLER % ""}, {**same, "src/view.c": CALLER % "    launch_tool(name);\n"})
    assert ("run", "launch_tool") in powers(gained, report)


def test_what_has_a_power_of_its_own_is_not_looked_up_in_the_release(upgrade, gained):
    stand_in = 'int socket(int a, int b, int c)\n{\n    return (int)(long)dlopen("libx.so", a + b + c);\n}\n'
    report = upgraded(upgrade, "    connect(socket(2, 1, 0), name, 16);\n", WRAPPER + stand_in)
    assert powers(gained, report) == {("connect", "")}

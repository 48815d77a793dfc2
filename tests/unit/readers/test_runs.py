from zoll.model import Part, Place
from zoll.readers.material import Material
from zoll.readers.runs import claimed, runs


def material(text, kind, path):
    data = text.encode()
    return Material(Part(Place((path,)), kind, "", len(data)), kind, data)


def test_the_words_of_a_list_are_one_line():
    given = material("services:\n  a:\n    command: [sh, -c, 'id; ls']\n", "config/yaml", "compose.yml")
    assert [(run.text, run.line, run.when) for run in runs(given)] == [("sh -c 'id; ls'", 3, "container command")]
    assert claimed(given) == {(3, ("services", "a", "command[]"))}


def test_a_block_starts_on_the_next_line():
    given = material(
        "jobs:\n  a:\n    steps:\n    - run: |\n        make\n        id\n", "config/yaml", ".github/workflows/a.yml"
    )
    assert [(run.text, run.line, run.end, run.when) for run in runs(given)] == [("make\nid\n", 5, 6, "ci step")]


def test_scripts_of_a_package():
    given = material('{"scripts": {"postinstall": "node x"}}', "config/json", "package.json")
    assert [(run.text, run.when) for run in runs(given)] == [("node x", "npm postinstall")]

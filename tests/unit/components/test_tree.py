from zoll.components.tree import Tree
from zoll.model import Part, Place

PARTS = [
    Part(Place(("lib/Zq_Tools/a.py",)), "code/python", "d", 1),
    Part(Place(("lib/six.py",)), "code/python", "d", 1),
    Part(Place(("lib/yaml-6.0.dist-info/METADATA",)), "document/text", "d", 1),
    Part(Place(("a.jar", "META-INF/x")), "text/plain", "d", 1),
]


def test_a_place_is_there_or_what_is_called_alike_or_the_folder_around():
    tree = Tree(PARTS)
    asked = ["lib/zq-tools", "lib/six", "lib/yaml", "lib/nothing", "nowhere/at/all"]
    found = [tree.settled(Place((name,))).path for name in asked]
    assert found == ["lib/Zq_Tools", "lib/six.py", "lib/yaml-6.0.dist-info", "lib", ""]
    assert Place(("a.jar",)) in tree
    assert Place(("a.jar", "META-INF")) in tree

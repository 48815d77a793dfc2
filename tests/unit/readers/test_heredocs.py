"""What a shell script writes into files is read as the files that it becomes."""

from zoll.model import Part, Place
from zoll.parse.source import open_code
from zoll.readers import rulings
from zoll.readers.heredocs import Written, written
from zoll.readers.material import Material

STACK = """cat > /etc/pam.d/panel <<'EOT'
auth sufficient pam_succeed_if.so user = svc
auth required pam_unix.so
EOT
"""
MOVED = """tmp=$(mktemp)
cat > "$tmp" <<EOT
Cmnd_Alias CTL = /usr/bin/systemctl edit maild
EOT
install -m 0440 "$tmp" /etc/sudoers.d/maild
"""


def material(text):
    opened = open_code(text.encode(), "shell")
    function = opened.code.functions[0]
    part = Part(Place(("setup.sh",)), "code/shell", "", len(text))
    return Material(part, "code/shell", text.encode(), opened.statements(function), function, opened.code)


def test_a_here_document_has_the_name_of_its_file_and_the_numbers_of_the_script():
    (file,) = written(material(STACK))
    assert file.path == "etc/pam.d/panel"
    assert file.lines[0] == (2, "auth sufficient pam_succeed_if.so user = svc")
    assert len(file.lines) == 2


def test_what_is_put_in_its_place_afterwards_has_the_name_of_that_place():
    assert [file.path for file in written(material(MOVED))] == ["etc/sudoers.d/maild"]


def test_a_line_that_is_told():
    told = "echo 'svc ALL=(root) NOPASSWD: /usr/bin/find' >> /etc/sudoers.d/x\n"
    assert list(written(material(told))) == [
        Written("etc/sudoers.d/x", ((1, "svc ALL=(root) NOPASSWD: /usr/bin/find"),))
    ]
    assert not list(written(material("echo 'a' >> log\n")))


def test_the_rules_of_the_file_are_asked():
    said = [(reading.fact.value, reading.at.start) for reading in rulings.read(material(STACK))]
    assert ("user = svc", 2) in said
    assert ("auth pam_unix only after pam_succeed_if", 3) in said
    assert ("root by /usr/bin/systemctl edit", 3) in [
        (reading.fact.value, reading.at.start) for reading in rulings.read(material(MOVED))
    ]

"""Programs that are started through a shell, and commands told as one text."""

import pytest

from zoll.compare.shelled import as_one_text, shelled
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.source import open_code


def told(*texts):
    files = [f"package a\nfunc f() {{\n\t{text}\n}}\n" for text in texts]
    opened = [open_code(file.encode(), "go") for file in files]
    sides = [one.statements(one.code.functions[-1]) for one in opened]
    view = View(aligned(*sides), *(file.split("\n") for file in files), language="go")
    return [weak.how for weak in shelled(view, view.sides[0][1], view.sides[1][1])]


OLD = 'cmd := exec.Command("git", "clone", "--", url)'


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ('cmd := exec.Command("sh", "-c", "git clone "+url)', ["shelled"]),
        ('cmd := exec.Command("/bin/bash", "-lc", line)', ["shelled"]),
        ('cmd := exec.Command("sh", "-c", "git gc")', []),
        ('cmd := exec.Command("git", "clone", "--depth=1", "--", url)', []),
    ],
)
def test_a_shell_in_place_of_words(new, said):
    assert told(OLD, new) == said


def test_a_shell_that_was_there_in_another_statement():
    assert not told(f'{OLD}\n\tsh := find("sh")', 'cmd := exec.Command("sh", "-c", "git clone "+url)')


PERL = "sub f {\n    my ($queue, $file) = @_;\n    my $rc = %s;\n    return $rc;\n}\n"
PYTHON = "def f(queue, file):\n    rc = %s\n    return rc\n"


def spliced(language, *texts):
    opened = [open_code(text.encode(), language) for text in texts]
    sides = [one.statements(one.code.functions[-1]) for one in opened]
    view = View(aligned(*sides))
    pairs = view.partner.items()
    return [weak.how for place, other in pairs for weak in as_one_text(sides[0][place], sides[1][other])]


@pytest.mark.parametrize(
    ("language", "frame", "old", "new"),
    [
        ("perl", PERL, "system(@cmd)", "system(join ' ', @cmd)"),
        ("perl", PERL, "system('lp', '-d', $queue, $file)", 'system("lp -d $queue $file")'),
        ("python", PYTHON, "run(['lp', queue, file])", "run(f'lp {queue} {file}', shell=True)"),
        ("python", PYTHON, "run(cmd + [file])", "run(' '.join(cmd))"),
    ],
)
def test_one_text_in_place_of_words(language, frame, old, new):
    expected = ["spliced"] if old != "run(cmd + [file])" else []  # that a name holds a list nobody says
    assert spliced(language, frame % old, frame % new) == expected


@pytest.mark.parametrize(
    ("language", "frame", "old", "new"),
    [
        ("perl", PERL, "system(@cmd)", "system(join ' ', map { shell_quote($_) } @cmd)"),
        ("perl", PERL, "system(@cmd)", "system('lp', @words)"),
        ("perl", PERL, 'system("lp -d $queue")', 'system("lp -d $queue $file")'),
        ("python", PYTHON, "run(['lp', queue, file])", "run(['lp', '-n', queue, file])"),
        ("python", PYTHON, "run(['lp', queue, file])", "run(shlex.join(cmd), shell=True)"),
    ],
)
def test_words_stay_words(language, frame, old, new):
    assert spliced(language, frame % old, frame % new) == []

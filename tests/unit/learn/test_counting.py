"""The file of counts: what was fitted, with its counts, readable line by line, and read back the same."""

from zoll.judge.counts import read_counts
from zoll.learn.counting import learn, written


def test_what_is_written_is_read_back(corpus, tmp_path):
    counts = learn(corpus, "sixty made-up upgrades")
    path = tmp_path / "counts.json"
    path.write_text(written(counts), encoding="utf-8")
    assert read_counts(path) == counts
    assert counts.made_from == "sixty made-up upgrades"
    assert counts.changes == 12 * sum(not one.hostile for one in corpus)
    assert counts.words["+gate undeclared"].bits > 0
    assert counts.words["+gate undeclared"].hostile == sum(one.hostile for one in corpus)


def test_what_rest_is_usual_is_counted_too(corpus):
    share, usual = learn(corpus, "x").rest
    assert share < 0
    assert usual >= 0


def test_a_word_a_line(corpus):
    counts = learn(corpus, "x")
    assert sum('": [' in line for line in written(counts).splitlines()) >= len(counts.words)


def test_the_same_examples_teach_the_same(corpus):
    assert written(learn(corpus, "x")) == written(learn(corpus, "x"))

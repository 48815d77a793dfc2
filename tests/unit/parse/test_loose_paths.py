from zoll.parse.loose_paths import entries


def told(text):
    return [(entry.path, entry.value, entry.line) for entry in entries(text)]


def test_a_template_still_gives_its_paths():
    text = "spec:\n  {{- with .x }}\n  containers:\n    - name: {{ .n }}\n      privileged: true\n  replicas: 1\n"
    assert told(text) == [
        ("spec.template", "{{- with .x }}", 2),
        ("spec.containers[].name", "{{ .n }}", 4),
        ("spec.containers[].privileged", "true", 5),
        ("spec.replicas", "1", 6),
    ]


def test_a_block_is_one_value():
    assert told("a:\n- run: |\n    x\n    y\n  b: 1\n") == [("a[].run", "x\ny", 2), ("a[].b", "1", 5)]

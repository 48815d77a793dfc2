"""Safeguards that are gone, and their duty; whole functions are held in test_weakening."""

from zoll.compare.dropped import lost_safeguards
from zoll.compare.statements import aligned
from zoll.compare.view import View
from zoll.parse.code import Call, Statement
from zoll.parse.source import open_code


def call(name, *args):
    return Statement("call", f"{name}({', '.join(args)})", 1, 1, calls=(Call(name, args),))


def lost(old, new):
    return [found.value for found in lost_safeguards(View(aligned(old, new)))]


def dropped_in(language, *texts):
    return lost(*_sides(language, *texts))


def effects_in(language, *texts):
    found = lost_safeguards(View(aligned(*_sides(language, *texts))))
    return [(one.value, one.call, one.effect) for one in found]


def _sides(language, *texts):
    opened = [open_code(text.encode(), language) for text in texts]
    return [one.statements(max(one.code.functions, key=lambda f: len(one.statements(f)))) for one in opened]


def test_a_wipe_of_a_key():
    use = Statement("other", "key + pad", 1, 1)
    assert lost([use, call("memset", "key", "0", "32")], [use]) == ["wipe"]
    assert lost([use, call("memset", "pad", "0", "32")], [use]) == []


def test_a_log_that_was_replaced():
    assert lost([call("syslog", "x")], [call("audit", "x")]) == []
    assert lost([call("syslog", "x"), call("go")], [call("go")]) == ["log"]
    assert lost([call("log.debug", "x"), call("go")], [call("go")]) == []


def test_a_logarithm_is_no_log():
    assert lost([call("math.log", "x"), call("go")], [call("go")]) == []
    assert lost([call("log2", "x"), call("go")], [call("go")]) == []


def test_what_complains_and_goes_on():
    go = "package a\nfunc f(c *gin.Context) {\n\tif bad(c) {\n\t\tc.AbortWithStatus(401)\n%s\t}\n\tc.Next()\n}\n"
    assert dropped_in("go", go % "\t\treturn\n", go % "") == ["check"]
    assert not dropped_in("go", go % "", go % "\t\treturn\n")


def test_a_handler_that_goes_on():
    cpp = "S f(T t) {\n  try {\n    verify(t);\n  } catch (const E& e) {\n    warn(e);\n%s  }\n  return S::ok;\n}\n"
    assert dropped_in("cpp", cpp % "    return S::unauthorized;\n", cpp % "") == ["handler"]


def test_a_log_line_of_another_level_is_one():
    cpp = 'void f(T t) {\n  Logger::sbi().%s("token rejected");\n  go(t);\n}\n'
    assert not dropped_in("cpp", cpp % "warn", cpp % "info")


def test_a_guard_that_is_given_nothing():
    assert dropped_in("php", PHP % "requireAdmin();", PHP % "") == ["call"]
    assert not dropped_in("php", PHP % "requireAdmin();", PHP % "requireOwner();")


PHP = "<?php\nfunction f($x) {\n    %s\n    show($x);\n}\n"


def test_a_guard_that_is_given_texts_alone():
    assert dropped_in("php", PHP % "check_ajax_referer('save', 'nonce');", PHP % "") == ["call"]
    assert not dropped_in("php", PHP % "check_ajax_referer($y, 'nonce');", PHP % "")


def test_a_check_before_a_class_is_chosen_by_a_variable():
    php = "<?php\nfunction f($class) {\n    %s\n    return new $class($this);\n}\n"
    check = "if (!is_subclass_of($class, Base::class)) { throw new Bad($class); }"
    assert dropped_in("php", php % check, php % "") == ["check"]


HANDLED = """class A { boolean f(String t) {
    try {
        v.verify(t);
%s    } catch (E e) {
        %s
    }
%s} }
"""


def test_a_handler_that_gave_up_and_only_logs_now():
    old = HANDLED % ("        return true;\n", "return false;", "")
    new = HANDLED % ("", 'log.warn("t", e);', "    return true;\n")
    assert "handler" in dropped_in("java", old, new)


FILTERED = "class A { Object f(In in) {\n    Stream s = new Stream(in);\n%s    return s.readObject();\n} }\n"


def test_a_filter_that_is_no_longer_set():
    assert dropped_in("java", FILTERED % '    s.setObjectInputFilter(make("a.*;!*"));\n', FILTERED % "") == ["call"]
    assert dropped_in("java", FILTERED % '    s.setLabel(make("a"));\n', FILTERED % "") == []


RIGHTS = "static long f(struct dev *d, u32 v)\n{\n%s\twritel(v, d->base);\n\treturn 0;\n}\n"


def test_a_right_that_nobody_asks_for():
    asked = "\tif (!capable(CAP_SYS_ADMIN))\n\t\treturn -EPERM;\n"
    assert dropped_in("c", RIGHTS % asked, RIGHTS % "") == ["guard"]
    assert not dropped_in("c", RIGHTS % "\tif (!try_module_get(THIS))\n\t\treturn -1;\n", RIGHTS % "")
    assert not dropped_in(
        "c", RIGHTS % asked, RIGHTS % "\tif (!ns_capable(d->ns, CAP_SYS_ADMIN))\n\t\treturn -EPERM;\n"
    )


def test_a_name_that_a_certificate_must_bear_is_no_longer_set():
    use = Statement("other", "ssl + host", 1, 1)
    assert lost([use, call("SSL_set1_host", "ssl", "host")], [use]) == ["call"]


def test_a_number_that_only_a_log_line_names():
    check = "    if good < LEAST {\n        return Err(Bad);\n    }\n"
    rust = "fn f(sigs: &[S]) -> Result<(), E> {\n    let good = sigs.len();\n%s    Ok(())\n}\n"
    assert dropped_in("rust", rust % check, rust % '    log::debug!("{}", good);\n') == ["check"]


def test_a_result_of_the_kind_of_the_good_one_refuses():
    check = "    if (m->version <= s->version)\n        return OTA_ROLLBACK;\n"
    c = "int accept(struct m *m, struct s *s)\n{\n%s    use(m->version, s);\n    return OTA_OK;\n}\n"
    assert dropped_in("c", c % check, c % "") == ["check"]
    assert dropped_in("c", c.replace("OTA_OK", "n") % check, c.replace("OTA_OK", "n") % "") == []


def test_a_decryption_that_is_not_brought_to_its_end():
    body = "def opened(key, iv, tag, body):\n    d = Cipher(AES(key), GCM(iv, tag)).decryptor()\n    return %s\n"
    assert dropped_in("python", body % "d.update(body) + d.finalize()", body % "d.update(body)") == ["guard"]
    assert dropped_in("python", body % "d.update(body) + d.finalize()", body % "opened_whole(d, body)") == []


def test_no_protection_where_nothing_fits():
    c = "int pick(struct s *s, int id)\n{\n    switch (id) {\n    case AES:\n        s->e = &aes;\n        break;\n"
    c += "    default:\n        %s\n    }\n    return 0;\n}\n"
    assert dropped_in("c", c % "return -EINVAL;", c % "s->e = &null_cipher;\n        break;") == ["check"]
    assert dropped_in("c", c % "return -EINVAL;", c % "s->e = &chacha;\n        break;") == []


def test_a_no_that_is_said_and_not_left_with():
    said = "function f(req, res, next) {\n  if (!same(req)) {\n    res.status(401);\n%s  }\n  next();\n}\n"
    assert effects_in("javascript", said % "    return res.end();\n", said % "") == [("check", "", "toothless")]


def test_a_page_that_sends_away_and_goes_on_shows_itself():
    old = "<?php\nif (!$me->isAdmin()) {\n    header('Location: /login.php');\n    exit;\n}\n"
    old += "$pdo->save($_POST);\nshow($me);\n"
    code = [open_code(text.encode(), "php") for text in (old, old.replace("    exit;\n", ""))]
    sides = [one.statements(one.code.functions[0]) for one in code]
    found = [(one.value, one.call, one.effect) for one in lost_safeguards(View(aligned(*sides)))]
    assert ("guard", "$me.isAdmin", "toothless") in found


SWITCH = """int f(int kind)
{
	switch (kind) {
	case PEER:
		if (kind > limit)
			note(kind);
		break;
	default:
		%s
		break;
	}
	return 0;
}
"""


def test_a_case_that_runs_on_into_one_that_only_leaves_does_nothing_new():
    def lost(rest):
        old = SWITCH % rest
        return {effect for *_, effect in effects_in("c", old, old.replace("note(kind);\n\t\tbreak;", "note(kind);"))}

    assert "fallthrough" in lost("grant(kind);")
    assert "fallthrough" not in lost("")

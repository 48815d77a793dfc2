import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.refusals import refusing

TURNED = """
def is_expired(self, token):
static bool account_is_locked(struct user *u)
func (s *Server) isBanned(ip string) bool
fn is_revoked<C: Cert>(c: &C) -> bool
boolean requiresAuthentication(Request r)
def should_verify(self)
isLoginRequired()
def revoked?
"""
PLAIN = """
def lock(self):
static int check_password(const char *pw)
def invalid_handler(request):
void require_auth(Handler h)
function mark_expired(token)
(t) =>
static bool needs_reload(void)
"""


@pytest.mark.parametrize("head", TURNED.strip().splitlines())
def test_a_yes_that_refuses(head):
    assert refusing(head)


@pytest.mark.parametrize("head", PLAIN.strip().splitlines())
def test_all_others_mean_what_they_give_back(head):
    assert not refusing(head)


@given(st.text(max_size=300))
def test_any_text_may_stand_there(head):
    assert refusing(head) in {True, False}

@login_required
def view(request, sig):
    if not verify(sig):
        raise PermissionError
    assert check_token(request.token)
    ok = validate(request)
    if not ok:
        return None
    if len(sig) > 3:
        return sig
    return authorize(request) and True

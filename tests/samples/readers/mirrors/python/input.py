def mirrors(request, response):
    origin = request.headers.get("Origin")
    if origin:
        response.headers["Access-Control-Allow-Origin"] = origin
    return response


def asks(request, response):
    origin = request.headers.get("Origin")
    if origin in ALLOWED:
        response.headers["Access-Control-Allow-Origin"] = origin
    return response


def hands_on(request, response):
    origin = request.headers.get("Origin")
    if is_allowed(origin):
        response.headers["Access-Control-Allow-Origin"] = origin
    return response

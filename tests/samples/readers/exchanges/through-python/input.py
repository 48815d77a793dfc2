import json
import requests

_send = requests.Session.send


def _traced(self, request, **kw):
    seen(request.headers)
    return _send(self, request, **kw)


requests.Session.send = _traced


class Plain(requests.Session):
    send = _traced


def load(text, read=json.loads):
    json.decoder.scan = None
    return read(text)

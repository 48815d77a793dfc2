"""Descriptions of interfaces declare routes by template, parameters and security headers by name."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.declared.descriptions import Interface, described_in, is_route, route_of
from zoll.model import Place

AT = Place(("api/openapi.yaml",))
YAML = b"""\
openapi: 3.0.0
info: {title: Nzq_Sessions, version: 1.0.0}
servers:
  - url: '{apiRoot}/nzq-sessions/v1'
security:
  - {}
  - apiKey: []
#
paths:
  /sessions/{sessionId}:
    get:
      operationId: readSession
      parameters:
        - name: sessionId
          in: path
        - name: requester-zq-type
          in: query
          schema: {type: string}
    delete:
      operationId: endSession
  /sessions:
    parameters:
      - $ref: '#/components/parameters/Limit'
    post:
      requestBody: {required: true}
components:
  parameters:
    Limit: {name: limit-of-sessions, in: query}
  securitySchemes:
    apiKey:
      type: apiKey
      in: header
      name: X-ZQ-Key
    oauth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: '{nrfApiRoot}/oauth2/token'
"""


@pytest.fixture(scope="module")
def described():
    return described_in(YAML, "config/yaml", AT)


@pytest.fixture(scope="module")
def interface(described):
    return Interface(described)


def test_what_a_description_offers(described):
    assert [(one.kind, one.name, one.words, one.at.start) for one in described] == [
        ("path", "/sessions/{sessionId}", "GET (readSession), DELETE (endSession) /sessions/{sessionId}", 12),
        ("path", "/sessions", "POST /sessions", 23),
        ("parameter", "sessionId", "parameter sessionId in path", 14),
        ("parameter", "requester-zq-type", "parameter requester-zq-type in query", 16),
        ("parameter", "limit-of-sessions", "parameter limit-of-sessions in query", 28),
        ("security", "X-ZQ-Key", "security scheme apiKey: apiKey header X-ZQ-Key", 31),
        ("security", "oauth", "security scheme oauth: oauth2 {nrfApiRoot}/oauth2/token", 35),
        ("path", "/oauth2/token", "security scheme oauth: oauth2 {nrfApiRoot}/oauth2/token", 38),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "/sessions/:sessionId",
        "/sessions/:id(\\d+)",
        "/sessions/<int:session_id>",
        "/sessions/{id:[0-9]+}",
        "/nzq-sessions/v1/sessions/:sessionId",
        "GET /sessions/{id}",
        "^/sessions/(?P<id>[^/]+)/$",
        "/sessions/${id}",
        "/sessions/%s",
        "/Sessions/*",
        "/sessions/[id]",
    ],
)
def test_a_route_of_code_is_declared_by_the_template_of_its_path(interface, text):
    assert interface.find(text).name == "/sessions/{sessionId}"


@pytest.mark.parametrize(
    "text",
    [
        "/sessions/:id/dump",
        "/:sessionId",
        "/v2/sessions/:id",
        "/maintenance",
        "/sessions/all",
        "sessionId2",
        "X-Other",
        "",
        "/",
    ],
)
def test_what_is_not_offered_is_not_declared(interface, text):
    assert interface.find(text) is None


def test_what_servers_put_before_all_paths_is_declared_by_itself(interface):
    assert interface.find("/nzq-sessions/v1").kind == "path"
    assert interface.find("/nzq-sessions/v2") is None


def test_parameters_and_security_headers_are_declared_by_their_names(interface):
    assert interface.find("requester-zq-type").words == "parameter requester-zq-type in query"
    assert interface.find("x-zq-key").kind == "security"
    assert interface.find("/oauth2/token").words.startswith("security scheme oauth")


def test_swagger_in_json():
    told = {
        "swagger": "2.0",
        "basePath": "/api/v3",
        "paths": {"/pets/{id}": {"put": {"parameters": [{"in": "header", "name": "X-Trace"}]}}},
        "securityDefinitions": {"key": {"type": "apiKey", "name": "api_key", "in": "header"}},
    }
    interface = Interface(described_in(json.dumps(told, indent=1).encode(), "config/json", AT))
    assert interface.find("/api/v3/pets/:id").words == "PUT /pets/{id}"
    assert interface.find("X-Trace").kind == "parameter"
    assert interface.find("api_key").kind == "security"


@pytest.mark.parametrize("data", [b"", b"paths:\n  /a/b: {}\n", b"openapi: 3.0.0\n\t- x", b"{" * 500, b"\xff\xfe\x00"])
def test_other_bytes_describe_nothing(data):
    assert described_in(data, "config/yaml", AT) == ()
    assert described_in(data, "config/json", AT) == ()


@given(st.text(max_size=400))
def test_any_text_is_a_route_or_not(text):
    pieces = route_of(text)
    assert all(pieces) or not pieces
    assert not is_route(text) or pieces

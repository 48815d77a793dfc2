import json

import jsonschema


def test_what_is_printed_is_a_schema_that_reports_keep(inside, upgrade):
    schema = json.loads(inside("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(inside("inspect", *upgrade, "--format", "json").stdout), schema)

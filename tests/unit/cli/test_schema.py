import json

import jsonschema


def test_what_is_printed_is_a_schema_that_reports_keep(zoll, upgrade):
    schema = json.loads(zoll("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(zoll("inspect", *upgrade, "--format", "json").stdout), schema)

"""
Gives sense to what is valid by its schema and yet means nothing: a schema can say that `definition` and `filter` are texts, but
not that they are FQL and filter JSON, and that `model_id` is a UUID, but not whose. Without this nearly every request would end as
404 or 400 and no check would see what lies behind. No check is switched off and no failure is hidden: a value is replaced only
when it is valid by its own schema, by another that is too and that carries the generated text on, so that whatever is made to
break a schema reaches the service as it was made. One valid request in eight keeps its unknown ids, to meet the 404s.
"""

import json
import os
import re
import unicodedata
import uuid
from itertools import count
from zlib import crc32

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase

# Models and projects of the fixture that the caller may use: parameter name -> ids. They must outlive the run unchanged.
FIXTURE = json.loads(os.environ["SCHEMATHESIS_IDS"])

# Ids of what the run itself made and has not deleted yet: parameter name -> ids.
made = {"project_id": [], "model_id": [], "uuid": [], "job_id": []}

# Every id that the service has given out: one that is deleted must stay as it is, to be seen to be gone.
given = set()

# Of one run: each key of a request is used once.
keys = count()

MAKERS = {"createProjectV3": "project_id", "addModelV3": "model_id", "createSegmentV3": "uuid"}
BODY_IDS = {"model_id": "model_id", "project_id": "project_id", "segment_id": "uuid"}
DEFINITION_LENGTH = 10_000
FILTER_LENGTH = 8_192


def number(text):
    """A number that depends on the text alone, so that a seed gives the same run each time."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def pick(things, text, salt=""):
    return things[number(text + salt) % len(things)]


@schemathesis.hook
def before_call(context, case, **kwargs):
    meaningful_ids(case)
    meaningful_query(case)
    if isinstance(case.body, dict):
        case.body = meaningful_body(case, dict(case.body))
    own_idempotency_key(case)


@schemathesis.hook
def after_call(context, case, response):
    """Remembers what there is."""
    if not 200 <= response.status_code < 300:
        return
    operation = operation_id(case)
    if case.method.upper() == "POST" and operation in MAKERS:
        remember(MAKERS[operation], response.json()["data"]["id"])
    elif case.method.upper() == "DELETE":
        # What goes is what the path ends in: a reference to a segment takes no segment along.
        for name in re.findall(r"{(\w+)}", case.operation.path)[-1:]:
            value = (case.path_parameters or {}).get(name)
            if value in made.get(name, []):
                made[name].remove(value)
        if operation == "deleteModelV3":
            remember("job_id", response.json()["data"]["job"]["id"])


def remember(name, value):
    made[name].append(value)
    given.add(value)


def operation_id(case):
    return case.operation.definition.raw.get("operationId")


# Ids


def meaningful_ids(case):
    # In the stateful phase links say what is deleted; another id would take away what a later step counts on.
    destroys = case.operation.method.upper() in ("DELETE", "PATCH")
    path = {} if destroys and case.meta.phase.name is TestPhase.STATEFUL else case.path_parameters or {}
    for name in list(path):
        if name in made and is_uuid(path[name]):
            path[name] = real_id(name, path[name], only_made=destroys)
    query = case.query or {}
    if is_uuid(query.get("project_id")):
        query["project_id"] = real_id("project_id", query["project_id"])


def real_id(name, value, only_made=False):
    """An id of something that exists, unless the value is one already."""
    known = [*made[name], *([] if only_made else FIXTURE.get(name, []))]
    if value in given or value in known:
        return value
    if known and (only_made or number(value) % 8 > 0):
        return pick(known[-8:], value)
    return str(uuid.UUID(int=number(value), version=4)) if only_made else value


def is_uuid(value):
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", value) is not None


def own_idempotency_key(case):
    """No two requests share a key, as clients are told: what a shared one does, the end-to-end tests see."""
    headers = case.headers or {}
    for name in [one for one in headers if one.lower() == "idempotency-key"]:
        if isinstance(headers[name], str) and re.fullmatch(r"[\x20-\x7e]{1,255}", headers[name].strip(" ")):
            headers[name] = f"key {next(keys)}"


# Queries


def meaningful_query(case):
    query = case.query or {}
    descriptions = {parameter.name: parameter.definition.get("description", "") for parameter in case.operation.query}
    text = query.get("filter")
    if isinstance(text, str) and len(text) <= FILTER_LENGTH:
        query["filter"] = filter_text(text, descriptions["filter"])
    text = query.get("ordering")
    if isinstance(text, str):
        fields = re.findall(r"`([\w.]+)`", descriptions["ordering"].split("Fields:")[1])
        chosen = dict.fromkeys(pick(fields, text, str(at)) for at in range(1 + number(text) % 5))
        query["ordering"] = ",".join(pick(["", "-"], text, field) + field for field in chosen)


def filter_text(text, description):
    """A valid filter with the text in it; fields and operators are those that the parameter's description names."""
    groups = re.findall(r"^- (\w+).*?: (`.*)\. Operators: (.*)\.$", description, re.MULTILINE)
    rules = [rule(text, groups, str(at)) for at in range(1 + number(text) % 3)]
    shape = number(text + "shape") % 3
    condition = pick(["AND", "OR"], text)
    if shape == 0:
        return json.dumps(rules[0])
    if shape == 1:
        return json.dumps({"rules": rules})
    return json.dumps({"condition": condition, "rules": [*rules, {"condition": "OR", "rules": rules}]}, ensure_ascii=False)


def rule(text, groups, salt):
    kind, fields, operators = pick(groups, text, salt)
    field, words = pick(re.findall(r"`([\w.]+)`(?: \(([^)]*)\))?", fields), text, salt)
    operator = pick(re.findall(r"`(\w+)`", operators), text, salt + "operator")
    if operator.startswith("is_"):
        return {"field": field, "operator": operator}
    value = {
        "Ids": str(uuid.UUID(int=number(text), version=4)),
        "Timestamps": "2025-08-13T01:56:31.447Z",
        "Words": words.split(", ")[0],
        "Whole": number(text) % 1_000,
    }.get(kind, text[:400])
    if operator in ("in", "not_in", "any"):
        return {"field": field, "operator": operator, "value": [value] * (number(text) % 3)}
    if operator in ("between", "not_between"):
        return {"field": field, "operator": operator, "value": [value, value]}
    return {"field": field, "operator": operator, "value": value}


# Bodies


def meaningful_body(case, body):
    for name, parameter in BODY_IDS.items():
        if is_uuid(body.get(name)):
            body[name] = real_id(parameter, body[name])
            # A step beside this one may have deleted what its link leads to; the check of links knows only the steps before it.
            if case.meta.phase.name is TestPhase.STATEFUL and body[name] in given and body[name] not in made[parameter] and made[parameter]:
                body[name] = made[parameter][-1]
    if operation_id(case) in ("addModelV3", "updateModelV3") and not case.meta.is_negative_at(ParameterLocation.BODY):
        body = model(body)
    if operation_id(case) == "recheckSegments" and not case.meta.is_negative_at(ParameterLocation.BODY):
        body["columns"] = consistent(body["columns"])
    if operation_id(case) == "copySegments" and not case.meta.is_negative_at(ParameterLocation.BODY):
        # Within one model, since nobody here knows what another one has of columns; and by ids, since a run makes more than 500.
        body = {**body, "source_model_id": (case.path_parameters or {}).get("model_id"), "column_map": {}}
        body.setdefault("segment_ids", made["uuid"][-3:] or [str(uuid.UUID(int=1, version=4))])
    if operation_id(case) == "compareDefinitions" and not case.meta.is_negative_at(ParameterLocation.BODY):
        if not any("segment_id" in body[name] for name in ("first", "second")):
            body.setdefault("model_id", FIXTURE["model_id"][0])
    if operation_id(case) == "evaluateDefinition" and case.meta.phase.name is TestPhase.STATEFUL and "segment_id" in body:
        # The link adds the segment to a body that was made without one: a definition beside it is another question.
        body = {name: value for name, value in body.items() if name not in ("definition", "model_id")}
    for name in ("first", "second"):
        if isinstance(body.get(name), dict):
            body[name] = meaningful_subject(body[name], body.get("model_id"))
    if isinstance(body.get("segments"), list):
        body["segments"] = [meaningful_subject(one, (case.path_parameters or {}).get("model_id")) for one in body["segments"]]
        if not case.meta.is_negative_at(ParameterLocation.BODY):
            body["segments"] = [{**one, "name": f"{one['name'].strip()[:240]} {at}"} for at, one in enumerate(body["segments"])]
    if "rows" in body and not case.meta.is_negative_at(ParameterLocation.BODY):
        body["rows"] = without_proto(body["rows"])
    # `validateDefinition` takes any text at all; two in three stay as they are.
    text = body.get("definition")
    raw = operation_id(case) == "validateDefinition" and isinstance(text, str) and number(text) % 3 > 0
    if isinstance(text, str) and 1 <= len(text.encode("utf-16-le", "surrogatepass")) // 2 <= DEFINITION_LENGTH and not raw:
        body["definition"] = definition(text, body.get("model_id") in FIXTURE["model_id"])
    return body


def meaningful_subject(subject, model_id):
    """A definition inside a body."""
    text = subject.get("definition") if isinstance(subject, dict) else None
    if not isinstance(text, str) or not 1 <= len(text.encode("utf-16-le", "surrogatepass")) // 2 <= DEFINITION_LENGTH:
        return subject
    return {**subject, "definition": definition(text, model_id in FIXTURE["model_id"])}


def without_proto(value):
    """OpenAPI 3.0 cannot forbid the one name that no body may have at any depth, `__proto__`; the end-to-end tests see to it."""
    if isinstance(value, list):
        return [without_proto(one) for one in value]
    if isinstance(value, dict):
        return {"proto" if name == "__proto__" else name: without_proto(one) for name, one in value.items()}
    return value


def model(body):
    """The same model made consistent: names of columns differ, ranges go upwards, and what names a column names one of them."""
    schema, names = body.get("schema"), []
    if schema is not None:
        # New columns need new parts: an update may not leave the old ones, which would name columns that are gone.
        body = {"spec": {}, "event_id_col": None, "event_ts_col": None, **body}
        columns = consistent(schema["columns"])
        names = [one["name"] for one in columns]
        body["schema"] = {**schema, "columns": columns}
    if body.get("spec") is not None:
        spec = dict(body["spec"])
        for part in ("inputs", "outputs", "targets", "decisions", "metadata"):
            if spec.get(part) is not None:
                spec[part] = [pick(names, one) for one in spec[part] if names]
        if spec.get("custom_features") is not None:
            spec["custom_features"] = [{"name": str(at), "type": "FROM_VECTOR", "column": "x"} for at, _ in enumerate(spec["custom_features"])]
        body["spec"] = spec
    for part in ("event_id_col", "event_ts_col"):
        if body.get(part) is not None:
            body[part] = pick(names, body[part]) if names else None
    return body


def consistent(columns):
    """The same columns with names of their own, ranges that go upwards, and each category once."""
    columns = [dict(one) for one in columns]
    names = [one["name"] for one in columns]
    for at, one in enumerate(columns):
        if names.index(one["name"]) < at:
            one["name"] = names[at] = f"{one['name'][:240]} {at}"
        if one.get("min") is not None and one.get("max") is not None:
            one["min"], one["max"] = sorted((one["min"], one["max"]))
        if one.get("categories") is not None:
            one["categories"] = list({json.dumps(value): value for value in one["categories"]}.values())
    return columns


def definition(text, has_fixture_columns):
    """A valid definition with the text in it. Of a model of the run's own nobody knows the columns: then it reads none."""
    literal = "'" + "".join(ch for ch in text if unicodedata.category(ch) not in UNQUOTABLE)[:1_000].replace("'", "''") + "'"
    amount = number(text) % 120
    with_columns = [
        f"comment == {literal}",
        f"age > {amount} and startswith(comment, {literal})",
        f"not (tenure * 2 ^ 3 >= -{amount} or is_null(comment))",
        f"if(active, length(comment), {amount}.5) != age % 7",
        f"(((age))) < {amount} or geography != {literal} and \"max_age\" / age > 1",
        f"substring(comment, 1, {amount}) == to_string(age) or is_not_null(seen_at)",
    ]
    without = [f"{literal} == {literal}", f"length({literal}) > {amount}", f"{literal} != 'a' or sqrt({amount}) > 1"]
    return pick(with_columns if has_fixture_columns else without, text)


# Control characters, direction marks, halves of pairs, unassigned and private characters, line separators.
UNQUOTABLE = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}

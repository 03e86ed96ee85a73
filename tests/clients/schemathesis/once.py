"""Each operation once, as it is meant: every one must answer 2xx, and as the document says."""

import schemathesis
from schemathesis.checks import CHECKS

from seeds import request_for

# Nothing that a request over HTTP alone could get a 2xx of.
EXCLUDED = {
    "open_desk_socket": "answers 101 and becomes a socket: crates/server/tests/server/desk.rs",
    "open_device_socket": "answers 101 and becomes a socket: crates/server/tests/server/devices.rs",
    "get_certificate_authority": "is there with TLS of its own only: crates/linecard/tests/command/tls.rs",
    "answer_home_check": "answers this program itself while it asks: crates/server/src/home_check",
}


def ask_each(office):
    """What is wrong, a line for each operation that is."""
    schema = schemathesis.openapi.from_url(f"{office.home}/api/v1/openapi.json")
    wrong = []
    for found in schema.get_all_operations():
        operation = found.ok()
        name = operation.definition.raw["operationId"]
        if name not in EXCLUDED:
            wrong += [f"{operation.label} ({name}): {problem}" for problem in ask(operation, name, office)]
    return wrong


def ask(operation, name, office):
    try:
        request = request_for(name, office)
        body = {} if request.body is None else {"body": request.body, "media_type": request.media_type}
        case = operation.Case(path_parameters=request.path, query=request.query, **body)
        sender = request.sender or office.alice
        answer = case.call(
            session=sender.session,
            headers=request.headers | {"X-Linecard": "1"},
            base_url=sender.home,
        )
    except AssertionError as error:
        return [f"could not be arranged: {error}"]
    if not 200 <= answer.status_code < 300:
        return [f"no 2xx but {answer.status_code}: {answer.text[:300]}"]
    try:
        case.validate_response(answer)
    except (AssertionError, Exception) as error:
        return [str(error)]
    return []

"""Every operation many times: with what it should take, at its edges, and with what it must refuse.

schemathesis makes the requests. The hooks here send them where something is: an id that was made up
is replaced by a real one, and what would end Alice's session is done by somebody else.
"""

from pathlib import Path

import schemathesis
from schemathesis.cli import schemathesis as command
from schemathesis.core.parameters import ParameterLocation

from once import EXCLUDED
from seeds import request_for

# Arranging these takes a call or an import, so that one must do for all tries.
ARRANGED_ONCE = {
    "explain_call",
    "list_matches",
    "log_later",
    "put_late_parts",
    "put_record",
    "replay_entry",
    "replay_job",
    "resend_webhook_delivery",
    "answer_outside",
    "answer_phone",
    "hang_up_outside",
    "hang_up_phone",
    "dial",
    "place_call",
    "ring",
    "cancel_import",
    "resume_import",
    "undo_import",
    "list_refused_rows",
    "get_refused_rows",
    "test_mail",
}
# What the rest of the office is built on: put back after each try.
PUT_BACK = {
    "put_organisation": "/organisation",
    "put_sign_in_rules": "/sign-in-rules",
    "put_journal": "/crm/salesforce/journal",
    "put_terms": "/crm/salesforce/terms",
}


def fuzz(office):
    """Whether schemathesis found nothing."""
    before = {path: office.alice.read(path) for path in PUT_BACK.values()}
    arranged = {name: request_for(name, office) for name in sorted(ARRANGED_ONCE)}

    @schemathesis.hook
    def before_call(_context, case, _kwargs):
        name = case.operation.definition.raw["operationId"]
        request = arranged.get(name) or request_for(name, office)
        where_something_is(case, request)
        sender = request.sender or office.alice
        cookies = sender.session.cookies.get_dict()
        case.headers["Cookie"] = "; ".join(f"{key}={value}" for key, value in cookies.items())
        case.headers["X-Linecard"] = "1"
        case.headers.update(request.headers)

    @schemathesis.hook
    def after_call(_context, case, _response):
        if path := PUT_BACK.get(case.operation.definition.raw["operationId"]):
            version = office.alice.read(path)["version"]
            office.alice.put(path, before[path] | {"version": version})

    arguments = ["--config-file", str(Path(__file__).with_name("schemathesis.toml")), "run"]
    for name in EXCLUDED:
        arguments += ["--exclude-operation-id", name]
    arguments.append(f"{office.home}/api/v1/openapi.json")
    return command.main(arguments, standalone_mode=False) in (None, 0)


def where_something_is(case, request):
    """Puts real ids and the present version into what was made up well."""
    made_well = {
        location
        for location, component in (case.meta.components if case.meta else {}).items()
        if component.mode.is_positive
    }
    if ParameterLocation.PATH in made_well:
        case.path_parameters.update(request.path)
    is_object = isinstance(case.body, dict) and isinstance(request.body, dict)
    if ParameterLocation.BODY in made_well and is_object and "version" in request.body:
        case.body["version"] = request.body["version"]

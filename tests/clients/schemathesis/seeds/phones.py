"""Phone systems, extensions and the way of a call."""

from office import MAYA
from seeds.request import Request


def create_phone_system(office):
    return Request(body=asterisk(office))


def probe_phone_system(office):
    return Request(body={name: value for name, value in asterisk(office).items() if name != "name"})


def asterisk(office):
    """One that is not there: behind its port is nobody."""
    settings = {
        "host": "127.0.0.1",
        "port": "9",
        "username": "linecard",
        "own": r"PJSIP/[12]\d\d",
        "trunk": "PJSIP/trunk",
    }
    return {
        "kind": "asterisk",
        "name": office.unique("Asterisk"),
        "settings": settings,
        "secrets": {"secret": "a secret"},
    }


def update_phone_system(office):
    made = office.alice.send("/phone-systems", asterisk(office))
    return Request({"id": made["id"]}, body=asterisk(office) | {"version": made["version"]})


def delete_phone_system(office):
    return Request({"id": office.alice.send("/phone-systems", asterisk(office))["id"]})


def list_endpoints(office):
    return Request({"id": office.alice.read("/phone-systems")[0]["id"]})


def import_extensions(office):
    return Request(body={"csv": "extension,name,email\n190,Eve,\n", "preview": True})


def put_extension(office):
    number = str(200 + next(office.numbers) % 100)
    known = {it["number"]: it for it in office.alice.read("/extensions")}
    version = known[number]["version"] if number in known else None
    return Request({"number": number}, body={"name": "Eve", "version": version})


def delete_extension(office):
    request = put_extension(office)
    office.alice.put(f"/extensions/{request.path['number']}", request.body)
    return Request(request.path)


def get_pops(office):
    return Request({"number": "103"})


def put_pops(office):
    kept = office.alice.read("/extensions/103/pops")
    wanted = {"web": None, "desktop": None, "version": kept["version"]}
    return Request({"number": "103"}, body=wanted)


def put_pop_default(office):
    return Request(body=office.alice.read("/pop-default"))


def create_group(office):
    return Request(body={"name": office.unique("Night"), "extensions": ["102"]})


def put_group(office):
    body = create_group(office).body
    made = office.alice.send("/extension-groups", body)
    return Request({"id": made["id"]}, body=body | {"version": made["version"]})


def delete_group(office):
    made = office.alice.send("/extension-groups", create_group(office).body)
    return Request({"id": made["id"]})


def get_route(office):
    token = office.alice.send("/routing-token")["token"]
    # A dial plan that reads text is told nothing of a refusal; a program that reads JSON is.
    shown = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    return Request(query={"caller": MAYA}, headers=shown)


def delete_routing_token(office):
    office.alice.send("/routing-token")
    return Request()

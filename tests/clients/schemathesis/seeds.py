"""What makes each operation succeed: a request for everything that needs more than to be asked.

A function is named after its operation. It arranges in the office what the operation is about and
returns a `Request`. An operation without a function is asked as it stands.
"""

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from office import MAYA, Person, a_webhook, eventually, totp


@dataclass
class Request:
    """The parts of a request that succeeds, and who sends it where that is not Alice."""

    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    media_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    sender: Person | None = None


def request_for(operation, office):
    """The request that makes `operation` succeed."""
    return globals().get(operation, lambda office: Request())(office)


# Accounts


def create_account(office):
    email = f"{office.unique('eve').replace(' ', '.')}@example.org"
    return Request(body={"name": "Eve", "email": email, "role": "supervisor"})


def change_account(office):
    account, _ = office.account()
    kept = {name: account[name] for name in ("email", "name", "role", "version")}
    return Request({"id": account["id"]}, body=kept)


def account_of(office):
    return Request({"id": office.account()[0]["id"]})


delete_account = disable_account = enable_account = create_account_link = account_of


def delete_second_factor(office):
    person, _ = office.enrolled()
    return Request({"id": person.account["id"]})


# One's own session


def sign_in(office):
    person = office.newcomer()
    person.put("/session/password", {"password": "correct horse battery"})
    return Request(body={"email": person.account["email"], "password": "correct horse battery"})


def sign_in_by_link(office):
    return Request(body={"token": office.account()[1]})


def sign_out(office):
    return Request(sender=office.newcomer())


def set_language(office):
    return Request(body={"language": "en"}, sender=office.newcomer())


def set_password(office):
    return Request(body={"password": "correct horse battery"}, sender=office.newcomer())


def begin_second_factor(office):
    return Request(sender=office.newcomer())


def confirm_second_factor(office):
    person = office.newcomer()
    secret = person.send("/session/second-factor")["secret"]
    return Request(body={"code": totp(secret)}, sender=person)


def replace_recovery_codes(office):
    person, codes = office.enrolled()
    return Request(body={"code": codes[0]}, sender=person)


remove_second_factor = replace_recovery_codes


def put_sign_in_rules(office):
    return Request(body=office.alice.read("/sign-in-rules"))


# Settings


def delete_api_key(office):
    made = office.alice.send("/api-keys", {"name": office.unique("Wallboard"), "role": "admin"})
    return Request({"id": made["key"]["id"]})


def create_api_key(office):
    return Request(body={"name": office.unique("Wallboard"), "role": "supervisor"})


def put_alert_settings(office):
    return Request(body=office.alice.read("/alerts/settings"))


def put_organisation(office):
    return Request(body=office.alice.read("/organisation"))


def put_mail(office):
    return Request(body=mail_server(office))


def mail_server(office):
    kept = office.alice.read("/mail")["server"]
    return {
        "host": "127.0.0.1",
        "port": office.inbox.port,
        "security": "plain",
        "sender": "linecard@example.org",
        "sender_name": "Linecard",
        "version": kept["version"] if kept else 0,
    }


def test_mail(office):
    office.alice.put("/mail", mail_server(office))
    return Request(body={"to": "eve@example.org"})


def delete_mail(office):
    office.alice.put("/mail", mail_server(office))
    return Request()


def create_webhook(office):
    return Request(body=a_webhook(office.unique("Wallboard")))


def put_webhook(office):
    body = a_webhook(office.unique("Wallboard")) | {"version": 1}
    return Request({"id": office.webhook()}, body=body)


def webhook_of(office):
    return Request({"id": office.webhook()})


delete_webhook = list_webhook_deliveries = renew_webhook_secret = test_webhook = webhook_of


def resend_webhook_delivery(office):
    webhook = office.webhook()
    office.call(is_decided=bool)

    def delivered():
        return office.alice.read(f"/webhooks/{webhook}/deliveries")["deliveries"]

    delivery = eventually("the call is told", delivered)[0]["id"]
    return Request({"id": webhook, "delivery": delivery})


def read_number(office):
    return Request(body={"number": MAYA})


# Phone system and extensions


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


# Phonebooks and contacts


def create_phonebook(office):
    return Request(body={"name": office.unique("Suppliers")})


def change_phonebook(office):
    made = office.alice.send("/phonebooks", {"name": office.unique("Suppliers")})
    body = {"name": made["name"], "extensions": ["101"], "version": made["version"]}
    return Request({"id": made["id"]}, body=body)


def phonebook_of(office):
    return Request({"id": office.phonebook()})


delete_phonebook = list_contacts = list_imports = phonebook_of


def export_contacts(office):
    return Request({"id": office.phonebook()}, {"format": "csv"})


def create_contact(office):
    number = {"slot": "mobile", "written": "+12125550199"}
    return Request({"id": office.phonebook()}, body={"name": "Wang Fang", "numbers": [number]})


def get_contact(office):
    return Request({"id": office.contact()["id"]})


def put_contact(office):
    contact = office.contact()
    changed = {"name": "Fang Wang", "numbers": [{"slot": "mobile", "written": "+12125550199"}]}
    return Request({"id": contact["id"]}, body={"contact": changed, "version": contact["version"]})


def delete_contacts(office):
    return Request(body={"contacts": [office.contact()["id"]]})


def move_contacts(office):
    return Request(body={"contacts": [office.contact()["id"]], "phonebook": office.phonebook()})


def merge_contacts(office):
    book = office.phonebook()
    keep, other = office.contact(book), office.contact(book)
    wanted = {"keep": keep["id"], "others": [other["id"]], "version": keep["version"]}
    return Request(body=wanted)


def list_duplicates(office):
    return Request(query={"by": "name"})


def read_numbers(office):
    return Request(body={"numbers": [MAYA]})


# Imports


def create_import(office):
    return Request(body={"phonebook": office.phonebook(), "file_name": "a.csv", "bytes": 10})


def receive_piece(office):
    made = office.alice.send("/imports", create_import(office).body)["id"]
    return Request(
        {"id": made}, {"from": 0}, b"Name;Phone", media_type="application/octet-stream"
    )


def import_of(office):
    return Request({"id": office.imported()[0]})


discard_import = get_import = import_of


def preview_import(office):
    return Request({"id": office.imported()[0]}, body={})


def start_import(office):
    made, plan = office.imported()
    return Request({"id": made}, body=plan)


def failed_import(office):
    """Its file is gone when it is to be read."""
    made, plan = office.imported()
    folder = Path(office.folder.name) / "imports"
    shutil.rmtree(folder)
    folder.mkdir()
    office.alice.send(f"/imports/{made}/start", plan)
    until_it_is(office, made, "failed")
    return Request({"id": made})


cancel_import = resume_import = failed_import


def done_import(office):
    made, plan = office.imported()
    office.alice.send(f"/imports/{made}/start", plan)
    until_it_is(office, made, "done")
    return Request({"id": made})


undo_import = list_refused_rows = get_refused_rows = done_import


def until_it_is(office, made, state):
    eventually(
        f"the import is {state}",
        lambda: office.alice.read(f"/imports/{made}")["state"] == state,
    )


# Calls


def call_of(office):
    return Request({"id": office.call()["id"]})


explain_call = call_of


def entry_of(office):
    return Request({"key": office.call()["entries"][0]["key"]})


list_matches = log_later = entry_of


def put_late_parts(office):
    return Request(entry_of(office).path, body={"note": "Wants an offer"})


def put_record(office):
    key = office.call()["entries"][0]["key"]
    found = office.alice.read(f"/entries/{key}/matches")[0]
    return Request({"key": key}, body={name: found[name] for name in ("connection", "module", "id")})


def replay_entry(office):
    return Request({"key": office.refused()})


def list_outbox(office):
    return Request(query={"which": "parked"})


def replay_job(office):
    office.refused()
    return Request({"id": office.alice.read("/outbox?which=parked")["jobs"][0]["id"]})


def explain_number(office):
    return Request(body={"number": MAYA, "direction": "inbound", "extension": "101"})


def place_call(office):
    office.quiet()
    return Request(body={"number": MAYA})


# The demo's phone system


def ring(office):
    return Request(body={"from": MAYA, "to": "101"})


def dial(office):
    office.quiet()
    return Request(body={"extension": "102", "number": MAYA})


def hang_up_outside(office):
    return Request({"call": office.rings()})


def answer_outside(office):
    office.quiet()
    call = office.alice.send("/demo/dial", {"extension": "102", "number": MAYA})["call"]

    def can_answer():
        calls = office.alice.read("/demo")["calls"]
        return any(it["call"] == call and it["can_answer"] for it in calls)

    eventually("it rings outside", can_answer)
    return Request({"call": call})


def phone_of(office):
    office.quiet()
    office.rings("103")
    return Request({"extension": "103"})


answer_phone = hang_up_phone = phone_of


# CRMs


def crm_of(kind):
    return lambda office: Request({"kind": office.connected(kind)})


get_crm = probe_crm = list_created = crm_of("salesforce")
list_crm_users = refresh_crm_users = propose_bindings = crm_of("salesforce")
get_creation = get_follow_up = get_journal = get_phonebook = get_terms = crm_of("salesforce")
disable_crm = enable_crm = disconnect_crm = crm_of("hubspot")


def authorize_crm(office):
    return Request({"kind": "zoho"})


def put_crm(office):
    return Request({"kind": "bitrix24"}, body=office.filled_in("bitrix24"))


def connect_crm(office):
    office.fill_in("bitrix24")
    return Request({"kind": "bitrix24"})


def put_crm_order(office):
    return Request(body={"order": [crm["kind"] for crm in office.alice.read("/crm")]})


def put_bindings(office):
    user = office.alice.read("/crm/salesforce/users")["users"][1]["id"]
    bindings = [{"crm_user": user, "extension": "101"}]
    return Request({"kind": "salesforce"}, body={"bindings": bindings})


def undo_created(office):
    return Request({"kind": "salesforce"}, body={"ids": [], "keep_touched": True})


def kept(part, names=None):
    """What is kept already, written once more."""

    def request(office):
        body = office.alice.read(f"/crm/salesforce/{part}")
        body = {name: body.get(name) for name in names} if names else body
        return Request({"kind": "salesforce"}, body=body)

    return request


put_creation = kept("creation")
put_follow_up = kept("follow-up")
put_journal = kept("journal")
put_terms = kept("terms")


def put_phonebook(office):
    body = kept("phonebook", ("on", "modules", "scope", "always_query", "version"))(office).body
    return Request({"kind": "salesforce"}, body=body)


def preview_journal(office):
    return Request({"kind": "salesforce"}, body={"subject": "Call", "description": "{{Time}}"})


def set_up(office):
    """In another Linecard, which nobody has set up yet."""
    return Request(
        body={
            "token": office.fresh.token,
            "name": "Eve",
            "email": "eve@example.org",
            "password": "correct horse battery",
            "country": "US",
            "time_zone": "America/New_York",
            "language": "en",
        },
        sender=Person(office.fresh.home),
    )

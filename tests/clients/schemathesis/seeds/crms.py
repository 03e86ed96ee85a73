"""CRMs, which the demo's stand-ins play."""

from seeds.request import Request


def crm_of(kind):
    return lambda office: Request({"kind": office.connected(kind)})


get_crm = probe_crm = list_created = crm_of("salesforce")
list_crm_users = refresh_crm_users = propose_bindings = crm_of("salesforce")
look_phonebook = crm_of("salesforce")
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

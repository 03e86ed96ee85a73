"""Accounts, and one's own session."""

from office import Person, totp
from seeds.request import Request
from seeds.settings import mail_server


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


def import_accounts(office):
    email = f"{office.unique('eve').replace(' ', '.')}@example.org"
    rows = f"name,email,role\nEve,{email},supervisor\n".encode()
    return Request({}, {"preview": "false"}, rows, media_type="application/octet-stream")


def invite_account(office):
    office.alice.put("/mail", mail_server(office))
    return account_of(office)


def delete_second_factor(office):
    person, _ = office.enrolled()
    return Request({"id": person.account["id"]})


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


def put_single_sign_on(office):
    return Request(body=identity_provider(office))


def identity_provider(office):
    """One that nobody answers for, and so never offered."""
    return {
        "enabled": False,
        "name": "Example SSO",
        "issuer": "http://127.0.0.1:1",
        "client_id": "linecard",
        "newcomers": "refused",
        "version": office.alice.read("/single-sign-on")["version"],
    }


def test_single_sign_on(office):
    office.alice.put("/single-sign-on", identity_provider(office))
    return Request()


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

"""Keys, mail, webhooks and what holds for the company."""

from office import MAYA, a_webhook, eventually
from seeds.request import Request


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


def put_duty_rules(office):
    return Request(body=office.alice.read("/duty-rules") | {"wrap_up_seconds": 20})


def put_keeping(office):
    days = office.alice.read("/keeping")["days"]
    return Request(body=days | {"imports": 91})


def a_number(office):
    # Nobody else's: what is erased is gone for every other operation.
    return Request(body={"number": "+14155550177"})


find_number = export_number = erase_number = a_number


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


def make_backup(office):
    # Nobody misses the newcomer's session, and a password is asked for.
    person, password = office.newcomer(), "correct horse battery"
    person.put("/session/password", {"password": password})
    body = {"password": password, "passphrase": "staple of sixteen letters"}
    return Request(body=body, sender=person)


def confirm_paused(office):
    return Request(body={"ids": []})

"""A mail server on loopback that shows what it was given.

Prints its port, then one line of JSON for each letter. Its argument is a JSON object: "certificate"
and "key" (paths) make it speak TLS, from the first byte on where "wrapped" is true and else after
STARTTLS; "user" and "password" make it ask for them; "refuses" names a recipient it does not take.
It ends when its standard input ends.
"""

import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

SETTINGS = json.loads(sys.argv[1])


class Inbox:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == SETTINGS.get("refuses"):
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        shown = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "sender": str(letter["from"]),
            "subject": str(letter["subject"]),
            "id": str(letter["message-id"]),
            "date": str(letter["date"]),
            "text": letter.get_content(),
            "encrypted": session.ssl is not None,
            "user": session.login_data.decode() if session.login_data else None,
        }
        print(json.dumps(shown), flush=True)
        return "250 OK"


def check(server, session, envelope, mechanism, data):
    known = (SETTINGS["user"].encode(), SETTINGS["password"].encode())
    good = (data.login, data.password) == known
    return AuthResult(success=good, auth_data=data.login if good else None, handled=good)


class Door(Controller):
    def factory(self):
        options = dict(self.SMTP_kwargs)
        if "user" in SETTINGS:
            options |= {"authenticator": check, "auth_required": True}
            options |= {"auth_require_tls": not SETTINGS.get("wrapped", False)}
        if "certificate" in SETTINGS and not SETTINGS.get("wrapped"):
            options |= {"tls_context": context(), "require_starttls": True}
        return SMTP(self.handler, **options)


def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(SETTINGS["certificate"], SETTINGS["key"])
    return made


wrapped = context() if SETTINGS.get("wrapped") else None
door = Door(Inbox(), hostname="127.0.0.1", port=0, ssl_context=wrapped)
door.start()
print(door.server.sockets[0].getsockname()[1], flush=True)
sys.stdin.read()
door.stop()

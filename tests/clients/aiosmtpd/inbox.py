"""A mail server on loopback that shows what it was given.

Prints its port, then one line of JSON for each letter. Its argument is a JSON object: "certificate"
and "key" (paths) make it speak TLS, from the first byte on where "wrapped" is true and else after
STARTTLS; "user" and "password" make it ask for them; "refuses" names a recipient it does not take.
It ends when its standard input ends.
"""

import asyncio
import email
import email.policy
import json
import ssl
import sys

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
            "encrypted": server.transport.get_extra_info("ssl_object") is not None,
            "user": session.auth_data,
        }
        print(json.dumps(shown), flush=True)
        return "250 OK"


def check(server, session, envelope, mechanism, data):
    known = (SETTINGS["user"].encode(), SETTINGS["password"].encode())
    good = (data.login, data.password) == known
    return AuthResult(success=good, auth_data=data.login.decode() if good else None, handled=good)


def context():
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(SETTINGS["certificate"], SETTINGS["key"])
    return made


def connection():
    wrapped = SETTINGS.get("wrapped", False)
    options = {"hostname": "localhost"}
    if "user" in SETTINGS:
        options |= {"authenticator": check, "auth_required": True, "auth_require_tls": not wrapped}
    if "certificate" in SETTINGS and not wrapped:
        options |= {"tls_context": context(), "require_starttls": True}
    return SMTP(Inbox(), **options)


async def serve():
    loop = asyncio.get_running_loop()
    wrapped = context() if SETTINGS.get("wrapped") else None
    server = await loop.create_server(connection, "127.0.0.1", 0, ssl=wrapped)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(serve())

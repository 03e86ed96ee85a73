"""Programs that are bound to agents: agreed to, listed, taken back."""

import base64
import hashlib

from office import Person
from seeds.phones import put_extension
from seeds.request import Request

REDIRECT = "http://127.0.0.1:49152/cb"
VERIFIER = "a-verifier-of-at-least-forty-three-characters-of-its-own"


def agent(office):
    """Somebody with an extension of their own."""
    extension = put_extension(office)
    number = extension.path["number"]
    office.alice.put(f"/extensions/{number}", extension.body)
    email = f"{office.unique('agent').replace(' ', '.')}@example.org"
    wanted = {"name": "Eve", "email": email, "role": "agent", "extension": number}
    link = office.alice.send("/accounts", wanted)["sign_in_link"]
    return Person(office.home, link.split("token=")[1])


def agree(office):
    digest = hashlib.sha256(VERIFIER.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return Request(
        sender=agent(office),
        body={
            "client_id": "companion",
            "redirect_uri": REDIRECT,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "state": "any",
            "allow": True,
        }
    )


def delete_own_device(office):
    """Binds one (RFC 6749, 4.1; RFC 7636), which its agent takes back."""
    consent = agree(office)
    person = consent.sender
    address = person.send("/devices/consent", consent.body)["redirect"]
    code = address.split("code=")[1].split("&")[0]
    answer = person.session.post(
        f"{office.home}/oauth/token",
        data={
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": VERIFIER,
            "redirect_uri": REDIRECT,
        },
    )
    assert answer.ok, answer.text
    return Request({"id": person.read("/session/devices")[0]["id"]}, sender=person)


def delete_device(office):
    return Request(delete_own_device(office).path)

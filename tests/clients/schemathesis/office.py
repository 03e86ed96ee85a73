"""A company with calls, contacts and CRMs, in a Linecard that runs for one test."""

import base64
import hashlib
import hmac
import itertools
import os
import re
import struct
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import requests
from inbox import Inbox

CHECKOUT = Path(__file__).resolve().parents[3]
MAYA = "+14155550134"
# Far longer than anything here takes.
PATIENCE_SECONDS = 30


class Program:
    """A Linecard that runs until it is told to stop."""

    def __init__(self, command, *arguments, env=None):
        self.process = subprocess.Popen(
            [*command, *arguments],
            cwd=CHECKOUT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def says(self, pattern):
        """What the groups of `pattern` match in the first line that it fits from here on."""
        said = []
        for line in self.process.stdout:
            said.append(line)
            if found := re.search(pattern, line):
                return found.groups()
        raise AssertionError(f"Linecard ended without saying {pattern}:\n{''.join(said)}")

    def goes_on(self):
        """Takes what it says from now on, so that it never waits for a reader."""
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)


class Person:
    """Somebody with a session."""

    def __init__(self, home, token=None):
        self.home = home
        self.base = f"{home}/api/v1"
        self.session = requests.Session()
        self.session.headers["X-Linecard"] = "1"
        if token:
            self.send("/session/link", {"token": token})

    def ask(self, method, path, body=None, **options):
        answer = self.session.request(method, self.base + path, json=body, **options)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        is_json = answer.headers.get("content-type") == "application/json"
        return answer.json() if is_json else answer.text

    def read(self, path):
        return self.ask("GET", path)

    def send(self, path, body=None):
        return self.ask("POST", path, body)

    def put(self, path, body):
        return self.ask("PUT", path, body)


class Fresh:
    """A Linecard that nobody has set up yet."""

    def __init__(self, command, folder):
        self.home = "http://127.0.0.1:8090"
        folder.mkdir()
        settings = {
            "LINECARD_SERVER_LISTEN": "127.0.0.1:8090",
            "LINECARD_SERVER_HOME": self.home,
            "LINECARD_STORE_URL": f"sqlite://{folder}/linecard.db",
            "LINECARD_STORE_KEY_FILE": f"{folder}/linecard.key",
            "LINECARD_IMPORTS_FOLDER": f"{folder}/imports",
        }
        self.program = Program(command, "serve", env=os.environ | settings)
        (self.token,) = self.program.says(r"^Set Linecard up at \S+token=(\S+)")
        self.program.says(r"^Linecard runs")
        self.program.goes_on()


class Office:
    """The demo's company, and whatever a test needs of it."""

    def __init__(self, command):
        self.folder = tempfile.TemporaryDirectory()
        # One after the other: nothing else is in this network, so the ports are free.
        self.program = Program(command, "demo", "--data", self.folder.name)
        (token,) = self.program.says(r"^\s*http\S+token=(\S+)$")
        self.program.says(r"Ctrl-C")
        self.program.goes_on()
        self.home = "http://127.0.0.1:8080"
        self.salesforce = "http://127.0.0.1:8081"
        self.alice = Person(self.home, token)
        self.inbox = Inbox()
        self.fresh = Fresh(command, Path(self.folder.name) / "fresh")
        self.numbers = itertools.count(1)

    def close(self):
        self.program.stop()
        self.fresh.program.stop()
        self.folder.cleanup()

    def unique(self, what):
        return f"{what} {next(self.numbers)}"

    def account(self, role="admin"):
        """A new account, and the token of its link."""
        name = self.unique("Eve")
        email = f"{name.replace(' ', '.').lower()}@example.org"
        made = self.alice.send("/accounts", {"name": name, "email": email, "role": role})
        return made["account"], made["sign_in_link"].split("token=")[1]

    def newcomer(self, role="admin"):
        """Somebody who is signed in and whom nobody misses."""
        account, token = self.account(role)
        person = Person(self.home, token)
        person.account = account
        return person

    def phonebook(self):
        return self.alice.send("/phonebooks", {"name": self.unique("Suppliers")})["id"]

    def contact(self, phonebook=None):
        numbers = [{"slot": "business", "written": f"+1212555{next(self.numbers):04}"}]
        wanted = {"name": self.unique("Wang Fang"), "numbers": numbers}
        return self.alice.send(f"/phonebooks/{phonebook or self.phonebook()}/contacts", wanted)

    def webhook(self):
        """A webhook to a door behind which nobody is. There may be 20 at a time."""
        known = self.alice.read("/webhooks")["webhooks"]
        if len(known) == 20:
            self.alice.ask("DELETE", f"/webhooks/{known[0]['id']}")
        made = self.alice.send("/webhooks", a_webhook(self.unique("Wallboard")))
        return made["webhook"]["id"]

    def call(self, caller=MAYA, to="101", is_decided=lambda entry: entry["state"] == "written"):
        """Somebody calls and gives up; the call as it is kept once its entry is as wanted."""
        self.quiet()
        made = self.alice.send("/demo/calls", {"from": caller, "to": to})["call"]
        earlier = {call["id"] for call in self.alice.read("/calls")["calls"]}
        self.alice.send(f"/demo/calls/{made}/hang-up")

        def kept():
            calls = self.alice.read("/calls?limit=1")["calls"]
            new = [call for call in calls if call["id"] not in earlier]
            return next((call for call in new if any(map(is_decided, call["entries"]))), None)

        return eventually("the call is kept", kept)

    def rings(self, extension="101"):
        """Somebody calls and waits; the call, once Linecard knows of it."""
        call = self.alice.send("/demo/calls", {"from": MAYA, "to": extension})["call"]
        eventually("it rings", lambda: self.alice.read("/health")["calls"])
        return call

    def quiet(self):
        """Ends all calls."""
        for call in self.alice.read("/demo")["calls"]:
            self.alice.session.post(f"{self.alice.base}/demo/calls/{call['call']}/hang-up")
        for phone in ("101", "102", "103", "104", "105"):
            self.alice.session.post(f"{self.alice.base}/demo/phones/{phone}/hang-up")
        eventually("all is quiet", lambda: self.alice.read("/health")["calls"] == 0)

    def refused(self):
        """A call whose entry Salesforce refuses; the entry's key."""
        fault = {"kind": "validation_rule", "times": 9}
        requests.post(f"{self.salesforce}/__sandbox/faults", json=fault).raise_for_status()
        call = self.call(is_decided=lambda entry: entry["state"] == "parked")
        requests.delete(f"{self.salesforce}/__sandbox/faults").raise_for_status()
        return call["entries"][0]["key"]

    def connected(self, kind):
        """A CRM that is connected without a consent page."""
        crm = self.alice.read(f"/crm/{kind}")
        if crm["status"] == "not_connected":
            self.fill_in(kind)
            self.alice.send(f"/crm/{kind}/connect")
        return kind

    def filled_in(self, kind):
        """What is filled in for the stand-in of `kind`."""
        stand_ins = self.alice.read("/demo")["stand_ins"]
        given = next(it["settings"] for it in stand_ins if it["kind"] == kind)
        crm = self.alice.read(f"/crm/{kind}")
        given = {one["name"]: one["value"] for one in given}
        secrets = {name: given[name] for name in crm["secrets"] if name in given}
        settings = crm["settings"] | {k: v for k, v in given.items() if k not in secrets}
        return {
            "home_address": crm["home_address"] or self.home,
            "settings": settings,
            "secrets": secrets,
            "version": crm["version"],
        }

    def fill_in(self, kind):
        self.alice.put(f"/crm/{kind}", self.filled_in(kind))

    def imported(self, csv="Name;Phone\nAda;+12125550001\n"):
        """A file that has arrived: its import's id and what Linecard makes of it."""
        wanted = {"phonebook": self.phonebook(), "file_name": "a.csv", "bytes": len(csv)}
        made = self.alice.send("/imports", wanted)["id"]
        self.piece(made, csv)
        return made, self.alice.send(f"/imports/{made}/preview", {})["plan"]

    def piece(self, made, text):
        answer = self.alice.session.put(
            f"{self.alice.base}/imports/{made}/file?from=0",
            data=text.encode(),
            headers={"Content-Type": "application/octet-stream"},
        )
        assert answer.ok, answer.text

    def enrolled(self):
        """Somebody with a second factor, and the secret of it."""
        person = self.newcomer()
        secret = person.send("/session/second-factor")["secret"]
        codes = person.send("/session/second-factor/confirm", {"code": totp(secret)})["codes"]
        return person, codes


def a_webhook(name):
    return {
        "name": name,
        "url": "http://127.0.0.1:9/hook",
        "events": ["call.ended"],
        "personal": False,
        "enabled": True,
    }


def eventually(what, look):
    """What `look` finds, once it finds something."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"never: {what}")


def totp(secret):
    """The code that an app shows now (RFC 6238 with SHA-1, 30 s and six digits)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    at = digest[-1] & 0xF
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"

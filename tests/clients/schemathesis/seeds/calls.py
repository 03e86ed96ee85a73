"""Calls, what was written of them, and the simulation that makes them."""

from office import MAYA, eventually
from seeds.request import Request


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

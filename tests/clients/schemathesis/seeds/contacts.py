"""Phonebooks and contacts."""

from office import MAYA
from seeds.request import Request


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

"""Contacts out of a file."""

import shutil
from pathlib import Path

from office import eventually
from seeds.request import Request


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

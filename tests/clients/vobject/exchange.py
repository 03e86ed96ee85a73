"""Tables and cards as programs that are not ours read and write them.

`read csv` and `read vcard` take what Linecard wrote from standard input and print what they found
as JSON: of a table its rows, of cards a list of [name, company, e-mail, [[types, number], ...]].
`write csv DIALECT` and `write vcard` take a JSON list of rows, or of [name, company, [[type,
number], ...]], and write them.
"""

import csv
import io
import json
import sys

import vobject


def read_csv(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_vcard(data):
    found = []
    for card in vobject.readComponents(data.decode()):
        numbers = [
            [sorted(word.lower() for word in tel.params.get("TYPE", [])), tel.value]
            for tel in card.contents.get("tel", [])
        ]
        company = card.org.value[0] if "org" in card.contents else None
        email = card.email.value if "email" in card.contents else None
        found.append([card.fn.value, company, email, numbers])
    return found


def write_csv(rows, dialect):
    out = io.StringIO(newline="")
    csv.writer(out, dialect).writerows(rows)
    return out.getvalue()


def write_vcard(cards):
    out = []
    for name, company, numbers in cards:
        card = vobject.vCard()
        card.add("fn").value = name
        card.add("n").value = vobject.vcard.Name(family=name)
        card.add("org").value = [company]
        for kind, number in numbers:
            tel = card.add("tel")
            tel.value = number
            tel.type_param = kind
        out.append(card.serialize())
    return "".join(out)


def main():
    data = sys.stdin.buffer.read()
    what = sys.argv[1:]
    if what == ["read", "csv"]:
        print(json.dumps(read_csv(data)))
    elif what == ["read", "vcard"]:
        print(json.dumps(read_vcard(data)))
    elif what[:2] == ["write", "csv"]:
        sys.stdout.buffer.write(write_csv(json.loads(data), what[2]).encode())
    elif what == ["write", "vcard"]:
        sys.stdout.buffer.write(write_vcard(json.loads(data)).encode())
    else:
        sys.exit(f"what is {what}?")


main()

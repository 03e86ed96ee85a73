"""Holds a running Linecard against its own OpenAPI document.

First argument: the program. Ends with 0 where every operation answered 2xx once, as the document
says, and schemathesis found nothing.
"""

import sys

from fuzz import fuzz
from loopback import is_alone, raise_loopback
from office import Office
from once import ask_each


def main():
    assert is_alone(), "this must run in a network of its own: unshare --map-root-user --net"
    raise_loopback()
    office = Office(sys.argv[1:])
    try:
        wrong = ask_each(office)
        print("\n".join(wrong) or "Every operation answered 2xx.")
        return 0 if fuzz(office) and not wrong else 1
    finally:
        office.close()


sys.exit(main())

"""What makes each operation succeed: a request for everything that needs more than to be asked.

In the modules here a function is named after its operation. It arranges in the office what the
operation is about and returns a `Request`. An operation without a function is asked as it stands.
"""

from seeds import calls, contacts, crms, devices, imports, people, phones, settings
from seeds.request import Request

SUBJECTS = (people, devices, settings, phones, contacts, imports, calls, crms)


def request_for(operation, office):
    """The request that makes `operation` succeed."""
    for subject in SUBJECTS:
        if arrange := getattr(subject, operation, None):
            return arrange(office)
    return Request()

"""An identity provider on loopback.

Prints its port. Its argument is a JSON object: for each person (the "sub") what the provider says of
them. A program must register (RFC 7591) before anybody signs in for it, with its redirect address,
and must send a nonce. It ends when its standard input ends.
"""

import json
import sys

from oidc_provider_mock import User, run_server_in_thread

people = [User(sub=sub, claims=claims) for sub, claims in json.loads(sys.argv[1]).items()]
strict = {"require_client_registration": True, "require_nonce": True}
with run_server_in_thread(user_claims=people, **strict) as server:
    print(server.server_port, flush=True)
    sys.stdin.read()

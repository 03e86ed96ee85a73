"""What Standard Webhooks' own library makes of a message.

Reads one JSON object from standard input: the secret, the headers and the body of a request. Prints
the body when the library accepts the signature; ends with an error when it does not.
"""

import json
import sys

from standardwebhooks import Webhook

message = json.load(sys.stdin)
accepted = Webhook(message["secret"]).verify(message["body"], message["headers"])
print(json.dumps(accepted))

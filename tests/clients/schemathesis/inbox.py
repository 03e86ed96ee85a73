"""A mail server that takes every letter and keeps none."""

import socketserver
import threading


class Inbox(socketserver.ThreadingTCPServer):
    """Listens on loopback until the test ends."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as it takes to get rid of a letter."""

    def handle(self):
        self.say(220)
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.say(354)
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
            self.say(221 if word == b"QUIT" else 250)
            if word == b"QUIT":
                return

    def say(self, code):
        self.wfile.write(f"{code} inbox\r\n".encode())

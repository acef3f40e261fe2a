"""A mail server that keeps what it is given, or refuses in one of the usual ways.

Standard library only: `python3 postbox.py PORT FOLDER` keeps each message as a file.
"""

import base64
import socketserver
import ssl
import sys
from pathlib import Path


class Postbox(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, port=0, *, tls=None, at_once=False, password="", refuses=()):
        super().__init__(("127.0.0.1", port), Line)
        self.tls, self.at_once = tls, at_once  # a context; before the first word, or by STARTTLS
        self.password = password
        self.refuses = set(refuses)  # "sender", "recipient", or "talk"
        self.messages = []
        self.port = self.server_address[1]

    def get_request(self):
        line, address = super().get_request()
        if self.tls and self.at_once:
            line = self.tls.wrap_socket(line, server_side=True)
        return line, address

    def handle_error(self, request, client_address):
        """Callers that hang up are no news."""

    def keep(self, text):
        self.messages.append(text)


class Line(socketserver.StreamRequestHandler):
    def handle(self):
        if "talk" in self.server.refuses:
            return
        self.covered = self.server.at_once
        self.say("220 postbox")
        while said := self.rfile.readline().decode().strip():
            getattr(self, f"on_{said.split()[0].lower()}", self.on_other)(said)
            if said.upper() == "QUIT":
                break

    def finish(self):
        super().finish()
        self.request.close()

    def say(self, *lines):
        for line in lines:
            self.wfile.write(f"{line}\r\n".encode())

    def on_other(self, _said):
        self.say("250 fine")

    def on_quit(self, _said):
        self.say("221 bye")

    def on_ehlo(self, _said):
        offers = ["250-postbox"]
        if self.server.tls and not self.covered:
            offers.append("250-STARTTLS")
        if self.server.password:
            offers.append("250-AUTH PLAIN")
        self.say(*offers, "250 SIZE")

    def on_starttls(self, _said):
        self.say("220 go on")
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.setup()
        self.covered = True

    def on_auth(self, said):
        given = base64.b64decode(said.split()[-1]).decode().split("\0")[-1]
        self.say("235 welcome" if given == self.server.password else "535 5.7.8 wrong password")

    def on_mail(self, _said):
        refused = "sender" in self.server.refuses
        self.say("550 5.7.1 this sender is not yours" if refused else "250 fine")

    def on_rcpt(self, _said):
        refused = "recipient" in self.server.refuses
        self.say("550 5.1.1 nobody of that name" if refused else "250 fine")

    def on_data(self, _said):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline().decode(errors="replace").rstrip("\r\n")) != ".":
            lines.append(line)
        self.server.keep("\n".join(lines))
        self.say("250 kept")


class Folder(Postbox):
    def __init__(self, port, folder):
        super().__init__(port)
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def keep(self, text):
        super().keep(text)
        draft = self.folder / f".{len(self.messages):04}"
        draft.write_text(text)
        draft.rename(self.folder / f"{len(self.messages):04}.eml")


def context_for(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


if __name__ == "__main__":
    Folder(int(sys.argv[1]), sys.argv[2]).serve_forever()

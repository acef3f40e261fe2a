"""Somebody in the empty machine with a browser of no kind, who trusts one authority alone.

guest.py AUTHORITY ADDRESS get PATH
guest.py AUTHORITY ADDRESS speak PATH WORDS
guest.py AUTHORITY ADDRESS sign-in EMAIL FOLDER-OF-MAILS
"""

import re
import ssl
import sys
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))
from visitor import hidden_fields

AGENT = "canary-agent/1.0"
FORM_OPEN = 5  # seconds: robots are faster
CODE = re.compile(r"^\s*([A-Z0-9]{3,}[- ]?[A-Z0-9]{3,})\s*$", re.MULTILINE)


class Guest:
    def __init__(self, authority: str, address: str) -> None:
        context = ssl.create_default_context(cafile=authority)
        handlers = (
            urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(CookieJar()),
        )
        self.opener = urllib.request.build_opener(*handlers)
        self.opener.addheaders = [("User-Agent", AGENT)]
        self.address = address

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        body = urlencode(fields).encode() if fields is not None else None
        request = urllib.request.Request(self.address + path, body, {"Origin": self.address})
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, str(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, str(error.headers), error.read().decode()

    def send(self, path: str, **fields: str) -> tuple[int, str, str]:
        _, _, page = self.ask(path)
        time.sleep(FORM_OPEN)
        return self.ask(path, hidden_fields(page) | fields)


def newest_mail(folder: Path, to: str) -> str:
    """The code; the test message came before."""
    for _ in range(60):
        mails = [path.read_text() for path in sorted(folder.glob("*.eml"))]
        found = [text for text in mails if f"To: {to}" in text and CODE.search(text)]
        if found:
            return found[-1]
        time.sleep(1)
    raise SystemExit("no mail came")


def main() -> None:
    authority, address, act, *given = sys.argv[1:]
    guest = Guest(authority, address)
    if act == "get":
        status, headers, page = guest.ask(given[0])
    elif act == "speak":
        path, words = given
        said = {"text": words, "known_as": "unlinked", "kind": "issue", "receipt": "none"}
        status, headers, page = guest.send(path, **said)
    else:
        email, folder = given
        guest.send("/account/sign-in/", email=email)
        code = CODE.search(newest_mail(Path(folder), email))[1]
        guest.send("/account/sign-in/code/", code=code)
        status, headers, page = guest.send("/account/name/", name=email.partition("@")[0])
    print(status)
    print(headers)
    print(page)


main()

"""Somebody with a browser of no kind: sends what forms send, from an address of their own."""

import http.client
import http.cookies
import re
import urllib.parse
from html import unescape

FIELD = re.compile(r"<(input|textarea)\b([^>]*)>([^<]*)")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


class Visitor:
    """Remembers cookies; sends the headers it was given with everything."""

    def __init__(self, port: int, address: str, **headers: str) -> None:
        self.port, self.address = port, address
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> tuple[int, str]:
        return self.ask("GET", path)

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Fill in the form of a page as it stands there, and send it to the same address."""
        _, page = self.get(path)
        return self.send(path, {**hidden_fields(page), **fields})

    def send(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        return self.ask("POST", path, urllib.parse.urlencode(fields))

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        """Ask, follow where it leads, and return the status and the page."""
        headers = {**self.headers, "Host": f"localhost:{self.port}"}
        headers["Origin"] = f"http://localhost:{self.port}"
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(self.address, 0)
        )
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie") or []:
            for morsel in http.cookies.SimpleCookie(line).values():
                self.cookies[morsel.key] = morsel.value
        connection.close()
        if answer.status in {301, 302, 303}:
            return self.get(urllib.parse.urljoin(path, answer.headers["Location"]))
        return answer.status, page


def hidden_fields(page: str) -> dict[str, str]:
    """The fields of the main form that nobody types, with what is chosen already."""
    forms = [part.partition("</form>")[0] for part in page.split("<form")[1:]]
    form = max(forms, key=len, default="")
    found = {}
    for _, inside, _ in FIELD.findall(form):
        told = dict(ATTRIBUTE.findall(inside))
        chosen = told.get("type") not in {"radio", "checkbox"} or " checked" in inside
        if "name" in told and chosen:
            found[told["name"]] = unescape(told.get("value", ""))
    return found

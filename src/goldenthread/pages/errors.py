"""What people see when something did not work."""

from django.http import HttpRequest, HttpResponse

from goldenthread.kit.pages import page


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose key is gone."""
    del reason
    return page(request, "pages/form_expired.html", status=403)

"""Where documents and pictures are found in the product."""

from functools import cache

from django.templatetags.static import static
from django.urls import reverse

from goldenthread.guide.library import Document
from goldenthread.guide.rendering import Shown, show


class Here:
    """Addresses of this installation."""

    def document(self, path: str) -> str:
        """Return the address of a document."""
        part, _slash, page = path.rpartition("/")
        if part:
            return reverse("guide:document_in_part", args=[part, page])
        return reverse("guide:document", args=[page])

    def picture(self, name: str) -> str:
        """Return the address of a picture."""
        return static(f"guide/pictures/{name}")


HERE = Here()


@cache
def shown_here(document: Document) -> Shown:
    """Return a document as this installation shows it."""
    return show(document, HERE)

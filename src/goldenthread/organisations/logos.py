"""Logos: what is uploaded is looked at with care, drawn anew, and thrown away."""

import io
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

from goldenthread.kit.refusals import Refusal

HEAVIEST: Final = 2 * 1024 * 1024
MOST_PIXELS: Final = 12_000_000  # a small file can unfold to gigabytes: looked at before it is
SIDE: Final = 128
FORMATS: Final = ("PNG", "JPEG")
NO_PICTURE = gettext_lazy("We cannot open this picture. Save it as PNG or JPEG and try again.")


def redrawn(upload: bytes) -> bytes:
    """Return the picture as a PNG of at most 128 pixels a side, without anything else in the file.

    :raises Refusal: too heavy, too large, or no picture that we can open
    """
    if len(upload) > HEAVIEST:
        raise Refusal(_("This file is larger than 2 MB. Choose a smaller one."), field="logo")
    try:
        with Image.open(io.BytesIO(upload), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refusal(
                    _("This picture is too large. Make it less than 3,000 pixels wide."),
                    field="logo",
                )
            return _png(ImageOps.exif_transpose(picture).convert("RGBA"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refusal(NO_PICTURE, field="logo") from None


def _png(picture: Image.Image) -> bytes:
    picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    fresh = Image.new("RGBA", picture.size)
    fresh.paste(picture)
    out = io.BytesIO()
    fresh.save(out, "PNG", optimize=True)
    return out.getvalue()

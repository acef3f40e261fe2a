"""Reading what people write as their e-mail, phone number or address: kindly, and tidied."""

import json
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit.refusals import Refusal
from goldenthread.people.contacts.models import Contact

LONGEST = 300
LONGEST_SEALED = 1850  # as it is written inside the envelope
SHORTEST_NUMBER, LONGEST_NUMBER = 7, 15  # digits; 15 is the longest the world has (E.164)
How = Contact.How


def tidy(how: str, value: str) -> str:
    """Return the address as it will be used.

    :raises Refusal: it does not look like one; the sentence says what to do
    """
    plain = "\n".join(line.strip() for line in value.strip().splitlines() if line.strip())
    if not plain:
        raise Refusal(_EMPTY[How(how)], field="value")
    if len(plain) > LONGEST or len(json.dumps(plain)) > LONGEST_SEALED:
        raise Refusal(_("That is very long. Please give only what we need."), field="value")
    return {How.EMAIL: _email, How.PHONE: _phone, How.POST: _post}[How(how)](plain)


_EMPTY = {
    How.EMAIL: gettext_lazy("Please write your e-mail."),
    How.PHONE: gettext_lazy("Please write your phone number."),
    How.POST: gettext_lazy("Please write your name and postal address."),
}


def _email(plain: str) -> str:
    try:
        validate_email(plain)
    except ValidationError:
        raise Refusal(
            _("This does not look like an e-mail yet. It needs an @, like name@example.org."),
            field="value",
        ) from None
    return plain


def _phone(plain: str) -> str:
    number = re.sub(r"[\s()./\u2013-]", "", plain.replace("(0)", ""))
    if not re.fullmatch(rf"\+?\d{{{SHORTEST_NUMBER},{LONGEST_NUMBER}}}", number):
        raise Refusal(
            _("This does not look like a phone number yet. Use numbers only, like 07700 900123."),
            field="value",
        )
    return number


def _post(plain: str) -> str:
    if len(plain.replace(",", "\n").splitlines()) < 2 or not re.search(r"\d", plain):  # noqa: PLR2004
        raise Refusal(
            _("We need your name or house, your street, your town and your postcode."),
            field="value",
        )
    return plain

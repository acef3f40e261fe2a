from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.thread.merkle.spoken import heard


class GiveBack(Form):
    """A head with the signature of a keeper under it."""

    head = forms.CharField(
        label=_("The seal you signed"),
        help_text=_("The whole text of the file, as the witness program wrote it."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        max_length=8000,
        strip=False,
        error_messages={"required": _("Put in the text of the file first.")},
    )


class FourWords(Form):
    """Four words that somebody read out, and perhaps how many entries they said."""

    words = forms.CharField(
        label=_("The four words"),
        help_text=_("In their order. Capitals and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        max_length=200,
        error_messages={"required": _("Type the four words first.")},
    )
    size = forms.CharField(
        label=_("How many entries they said"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        max_length=30,
        required=False,
    )

    def clean_words(self) -> str:
        """Take the words as we write them."""
        try:
            return heard(self.cleaned_data["words"])
        except ValueError as wrong:
            said = gettext("We need four words, no more and no fewer.")
            if wrong.args:
                word = {"word": wrong.args[0]}
                said = gettext("“%(word)s” is not one of our words. Look at it again.") % word
            raise forms.ValidationError(said) from wrong

    def clean_size(self) -> int | None:
        """Take a number, with commas or spaces in it if need be."""
        said = "".join(self.cleaned_data["size"].replace(",", " ").split())
        if not said:
            return None
        if not (said.isascii() and said.isdecimal()):
            raise forms.ValidationError(gettext("Write the number in figures, such as 1,234."))
        return int(said)

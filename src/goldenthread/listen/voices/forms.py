"""What we ask of people who speak, and of facilitators who bring voices in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.listen.voices import formkeys, offers, services
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.offers import Offer
from goldenthread.projects.ages import offered_ways
from goldenthread.projects.models import Project, Strand
from goldenthread.safety.consent.forms import Tick
from goldenthread.safety.consent.permissions import may_be_asked
from goldenthread.safety.consent.wordings import QUOTE, REACH, today

LONGEST: Final = 4000
KINDS: Final = [
    (Voice.Kind.ISSUE, _("Something that is not right")),
    (Voice.Kind.IDEA, _("An idea")),
    (Voice.Kind.PRAISE, _("Something good")),
    (Voice.Kind.QUESTION, _("A question")),
    (Voice.Kind.STORY, _("A story of what happened")),
]
WHOSE: Final = [
    ("", _("I would rather not say")),
    (Voice.Whose.MINE, _("Mine")),
    (Voice.Whose.CARED_FOR, _("Someone I look after")),
    (Voice.Whose.BOTH, _("Both")),
]
KNOWN_AS: Final = [
    (Voice.KnownAs.UNLINKED, _("Nobody")),
    (Voice.KnownAs.SUPPORT, _("Only the support team")),
    (Voice.KnownAs.NAMED, _("Anyone who reads it")),
]
GUEST_HINTS: Final = {
    Voice.KnownAs.UNLINKED: _("We keep no name and no address."),
    Voice.KnownAs.SUPPORT: today(REACH).statement,
    Voice.KnownAs.NAMED: _("The name you give stands under your words."),
}
MEMBER_HINTS: Final = {
    Voice.KnownAs.UNLINKED: _(
        "We do not link it to your account. Only a receipt leads back to it."
    ),
    Voice.KnownAs.SUPPORT: today(REACH).statement,
    Voice.KnownAs.NAMED: _("Your name stands beside your words. You find it in My voices."),
}
KEEP, NONE, SAME = "keep", "none", "same"
RECEIPTS: Final = [
    (KEEP, _("Give me a receipt")),
    (NONE, _("Keep no receipt")),
]
RECEIPT_HINTS: Final = {
    KEEP: _("Twenty letters and numbers. With it you can see what comes of this, or take it back."),
    NONE: _("Nothing leads back to this. You cannot take it back later."),
}
MEMBER_RECEIPT_HINTS: Final = {
    **RECEIPT_HINTS,
    NONE: _("Only My voices leads back to it, and only if you let us link it to you."),
}
SAME_RECEIPT: Final = (SAME, _("Add it to the receipt I have open"))
SAID: Final = (
    "text",
    "kind",
    "whose",
    "would_have_helped",
    "content_note",
    "labels",
    "known_as",
    "given_name",
    "strand",
    "quote",
)
QUOTE_HELP: Final = _("You can say no. You can also take it back later.")
TOO_LATE: Final = _(
    "This page was open for a long time. Your words are still here. Please press send again."
)
ONCE_MORE: Final = _("Please wait a moment and press send again. Your words are still here.")


class Keyed(Form):
    """A form whose sealed key says when it was begun, and makes it count once."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(required=False)  # people do not see it; machines fill it in

    def __init__(self, *args: Any, project: Project, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project, self.now = project, now
        self.begun: formkeys.Begun | None = None
        if not self.is_bound:
            self.initial.setdefault("form_key", formkeys.begin(project.ref, now=now))

    def clean_form_key(self) -> str:
        """Read the key, if we made it, for this project, and not too long ago."""
        token = str(self.cleaned_data["form_key"])
        begun = formkeys.read(token, project=self.project.ref, now=self.now)
        self.begun = None if begun is None or begun.too_late(self.now) else begun
        return token

    def clean(self) -> dict[str, Any]:
        """Hold up machines. A person has only to press send again, and nothing typed is lost.

        Machines are faster than anyone can write, and fill in a field that nobody sees.
        """
        cleaned = super().clean() or {}
        if self.begun is None:
            self.renew()
            self.add_error(None, TOO_LATE)
        elif cleaned.get("website") or (not self.errors and self.begun.too_soon(self.now)):
            self._put("website", "")
            self.add_error(None, ONCE_MORE)
        return cleaned

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Show a refusal beside its field; where the form was sent before, make it a new one."""
        with super().refusals():
            yield
        if refused := self.errors.pop("form_key", None):
            self.renew()
            self.add_error(None, list(refused))

    def renew(self) -> None:
        """Give the form a new key, so that it counts as another one."""
        self._put("form_key", formkeys.begin(self.project.ref, now=self.now))

    def _put(self, name: str, value: str) -> None:
        sent: Any = self.data
        data = sent.copy()
        data[name] = value
        self.data = data

    @property
    def key(self) -> UUID:
        """The key under which what was sent counts once."""
        if self.begun is None:
            raise RuntimeError("a key is read when the form is checked")
        return self.begun.key


class Speak(Keyed):
    """The box, and the little around it."""

    text = forms.CharField(
        label=_("Your words"),
        help_text=_("Write as you would speak. Leave out names, yours too."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write something first. One sentence is enough.")},
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=KINDS,
        initial=Voice.Kind.ISSUE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    whose = forms.ChoiceField(label=_("Whose experience is it?"), choices=WHOSE, required=False)
    would_have_helped = forms.CharField(
        label=_("What would have helped?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    content_note = forms.CharField(
        label=_("Should people know something before they read it?"),
        help_text=_("For example: about losing someone. We show this first."),
        max_length=80,
        required=False,
    )
    labels = forms.MultipleChoiceField(
        label=_("Would you like to say a little about you?"),
        help_text=_(
            "Two at most. They go with your words. We show them only where many carry them."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    known_as = forms.ChoiceField(
        label=_("Who may know it was you?"),
        help_text=_("The support team are the people who look after safety here."),
        choices=KNOWN_AS,
        initial=Voice.KnownAs.UNLINKED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who may know.")},
    )
    given_name = forms.CharField(
        label=_("Your name, or how we can reach you"),
        help_text=_("Only if you chose that someone may know."),
        max_length=120,
        required=False,
    )
    receipt = forms.ChoiceField(
        label=_("Do you want to come back to it?"),
        choices=RECEIPTS,
        initial=KEEP,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you want a receipt.")},
    )
    quote = Tick(QUOTE, label=_("May we quote you?"), help_text=QUOTE_HELP, required=False)
    strand = forms.CharField(widget=forms.HiddenInput, required=False)
    WORDS: Final = ("text", "would_have_helped", "content_note")
    MORE: tuple[str, ...] = ("would_have_helped", "content_note", "labels")

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, project=offer.project, **kwargs)
        self.offer = offer
        fields: Any = self.fields
        self._offer_ways(offer)
        fields["receipt"].choice_hints = MEMBER_RECEIPT_HINTS if offer.to_member else RECEIPT_HINTS
        if offer.has_receipt:
            fields["receipt"].choices = [SAME_RECEIPT, *RECEIPTS]
            self.initial.setdefault("receipt", SAME)
        if offer.to_member:
            fields.pop("given_name", None)
        if not may_be_asked(offer.project):
            del fields["quote"]
        if offer.labels:
            fields["labels"].choices = [(str(label.ref), label.text) for label in offer.labels]
        else:
            del fields["labels"]

    def _offer_ways(self, offer: Offer) -> None:
        """Ask who may know only where the project leaves a choice."""
        fields: Any = self.fields
        ways = offered_ways(offer.project)
        hints = MEMBER_HINTS if offer.to_member else GUEST_HINTS
        fields["known_as"].choices = [each for each in KNOWN_AS if each[0] in ways]
        fields["known_as"].choice_hints = {way: hints[Voice.KnownAs(way)] for way in ways}
        if "unlinked" not in ways:
            fields["known_as"].initial = ways[0]
        if ways == [Voice.KnownAs.UNLINKED]:
            del fields["known_as"], fields["given_name"]

    def clean_labels(self) -> list[UUID]:
        """Take two at most."""
        chosen = [UUID(ref) for ref in self.cleaned_data["labels"]]
        if len(chosen) > services.LABELS:
            raise forms.ValidationError(_("Choose two at most."))
        return chosen

    def clean_strand(self) -> Strand | None:
        """Take the strand of the link; an unknown one is none."""
        return offers.strand_at(self.project, self.cleaned_data["strand"])

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        keep = {"keep_receipt": data["receipt"] == KEEP, "add_to_mine": data["receipt"] == SAME}
        return keep | {name: data[name] for name in SAID if name in data}

    @property
    def written(self) -> dict[str, object]:
        """What stands in the form, as it is, to be kept or shown again."""
        data: Any = self.data
        several = {name: data.getlist(name) for name in ("labels", "quote") if name in self.fields}
        return {name: data.get(name, "") for name in self.fields if name != "website"} | several

    @property
    def more_is_open(self) -> bool:
        """Whether the part for those who like stands open: something is in it."""
        return any(self[name].value() for name in self.MORE if name in self.fields)


class SeeAuthor(Form):
    """Why someone of the support team needs to know who it was."""

    because = forms.CharField(
        label=_("Why do you need to know?"),
        help_text=_("It is kept, and shown to all who look after people here."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Please say why you need to know.")},
    )

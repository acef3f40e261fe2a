"""First answers from what the settings already say; what they do not say stays a gap."""

from collections.abc import Callable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from goldenthread.kit.text import say_day
from goldenthread.organisations.models import Organisation
from goldenthread.projects import ages
from goldenthread.projects.models import Partner, Project, Stage, Terms
from goldenthread.projects.queries import current_terms
from goldenthread.safety.assessments.questions import DRAFT, Kind

PUBLIC: Final = (
    Organisation.Kind.UNIVERSITY,
    Organisation.Kind.SCHOOL,
    Organisation.Kind.HEALTH,
)


def first_answers(project: Project, kind: Kind) -> dict[str, str]:
    """Return by question what the settings of the project say already. Three queries at most."""
    terms = current_terms(project) or project.terms.order_by("-version").first()
    return {
        each.key: " ".join(SOURCES[each.source](project, terms))
        for each in kind.questions
        if each.source
    }


def _nature(project: Project, terms: Terms | None) -> Iterator[str]:
    yield _(
        "People write in a box, with or without an account. A trained reader reads every word "
        "before anyone else. The day is kept; the time, internet address and browser are not."
    )
    yield str(project.get_board_display())
    for each in Partner.objects.filter(project=project, controller=True).select_related(
        "organisation"
    ):
        yield _("%(name)s answers for the data.") % {"name": each.organisation.name}
    if until := ages.words_leave_on(project, terms):
        yield _("What people wrote is destroyed on %(day)s.") % {"day": say_day(until)}


def _scope(project: Project, terms: Terms | None) -> Iterator[str]:
    del terms
    yield _("For ages: %(ages)s.") % {"ages": ages.say(project)}
    yield str(project.get_open_to_display()) + "."
    listen = Stage.objects.filter(project=project, name=Stage.Name.LISTEN).first()
    if listen:
        days = {"opens": say_day(listen.opens_on), "closes": say_day(listen.closes_on)}
        yield _("People can write from %(opens)s to %(closes)s.") % days
    yield _("People may write about their health: this is sensitive data.")


def _purposes(project: Project, terms: Terms | None) -> Iterator[str]:
    yield project.summary
    if terms and terms.can_change:
        yield _("What can change:") + " " + terms.can_change
    yield _("Nothing is used to assess, watch or treat a person, or to train a machine.")


def _context(project: Project, terms: Terms | None) -> Iterator[str]:
    del project, terms
    yield DRAFT
    yield _(
        "They use what we offer, or they learn or work here. So we have some power over them. "
        "They choose freely whether to take part. What they get from us does not depend on it. "
        "They expect that we listen, and that we tell them what came of it."
    )


def _basis(project: Project, terms: Terms | None) -> Iterator[str]:
    del terms
    yield DRAFT
    if project.organisation.kind in PUBLIC:
        yield _("UK GDPR article 6(1)(e): a public task.")
    else:
        yield _(
            "UK GDPR article 6(1)(f): legitimate interests. It is our interest to hear from the "
            "people we are there for. They expect it, and they can object."
        )
    if project.organisation.kind == Organisation.Kind.HEALTH:
        yield _(
            "For health data, article 9(2)(h): running health or care services, if those who "
            "read owe secrecy. If they do not, article 9(2)(a): explicit consent."
        )
    else:
        yield _("For health data, article 9(2)(a): explicit consent.")


def _necessary(project: Project, terms: Terms | None) -> Iterator[str]:
    del project, terms
    yield DRAFT
    yield _(
        "Words in a box are enough. We ask for no birth date and no home address, and for no name "
        "of those who speak without an account. Questions about a person are free to leave out, "
        "and stand apart from the words."
    )


def _rights(project: Project, terms: Terms | None) -> Iterator[str]:
    del project, terms
    yield _(
        "A receipt, or an account, shows people what became of their words. With it they take "
        "words back at once and for good after seven days, object, and answer a reader."
    )


def _risks(project: Project, terms: Terms | None) -> Iterator[str]:
    del project, terms
    yield _("Someone is recognised by what they write: likely medium, bad high.")
    yield _("Someone in danger believes that they are being read live: likely low, bad high.")
    yield _("Words are read by people who must not see them: likely low, bad high.")
    yield _("Small groups can be guessed from figures: likely medium, bad medium.")


def _measures(project: Project, terms: Terms | None) -> Iterator[str]:
    del terms
    yield _("Readers mask names and details. Help lines and the next reading stand by the box.")
    yield _(
        "Everything is read by the next day on the rota, or within %(hours)s staffed hours."
    ) % {"hours": project.read_within_hours}
    yield _("Readers and safeguarders sign in with a second factor; each look is recorded.")
    yield _("Figures of people are rounded to 5, and under ten not given at all.")


def _children(project: Project, terms: Terms | None) -> Iterator[str]:
    del terms
    yield _("For ages: %(ages)s.") % {"ages": ages.say(project)}


def _defaults(project: Project, terms: Terms | None) -> Iterator[str]:
    del project, terms
    yield _(
        "No location, no profile, no messages between people, no streaks or reminders. "
        "Nobody's age is checked. A name never stands beside the words of a child."
    )


def _service(project: Project, terms: Terms | None) -> Iterator[str]:
    del terms
    yield str(project.get_board_display())
    yield _("Text only: no pictures, files or links that open. Nobody can write to another person.")


def _moderation(project: Project, terms: Terms | None) -> Iterator[str]:
    yield from _measures_of_reading(project)
    del terms
    yield _("Anyone can report what they see, without an account. Reasons are a public list.")


def _measures_of_reading(project: Project) -> Iterator[str]:
    hours = {"hours": project.read_within_hours}
    yield _("A trained reader reads everything within %(hours)s staffed hours.") % hours
    yield _("Nothing is shown before that. If readers are late, the box closes by itself.")


def _possible(project: Project, terms: Terms | None) -> Iterator[str]:
    del terms
    if project.open_to == Project.OpenTo.MEMBERS:
        yield _("Only members of the organisation can see it. Their age is not proved here.")
    else:
        yield _("Yes. No age is checked, and saying one's own age keeps nobody out.")
    yield _("For ages: %(ages)s.") % {"ages": ages.say(project)}


def _children_measures(project: Project, terms: Terms | None) -> Iterator[str]:
    del terms
    yield from _measures_of_reading(project)
    yield _("Methods are masked. Hard words stand behind a note. Each page has help for children.")


Source = Callable[[Project, Terms | None], Iterator[str]]
SOURCES: Final[dict[str, Source]] = {
    "nature": _nature,
    "scope": _scope,
    "purposes": _purposes,
    "context": _context,
    "basis": _basis,
    "necessary": _necessary,
    "rights": _rights,
    "risks": _risks,
    "measures": _measures,
    "children": _children,
    "defaults": _defaults,
    "service": _service,
    "moderation": _moderation,
    "possible": _possible,
    "children-measures": _children_measures,
}

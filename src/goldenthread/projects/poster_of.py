"""What stands on the poster of a project or of one of its strands."""

from datetime import date

from django.db.models import Case, When
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.components.furniture import for_children, last_resort
from goldenthread.kit.text import say_day, sentences_of
from goldenthread.organisations.models import HelpLine as Line
from goldenthread.projects.models import Project, Stage, Strand, Terms
from goldenthread.projects.poster import HelpLine, Poster
from goldenthread.projects.queries.finding import shown, url_at
from goldenthread.projects.short import normalise

MOST_ABOUT = 240  # letters of the summary
MOST_LINES = 2  # of the organisation's own; the last resort always stands beside them


def poster_of(project: Project, *, strand_short: str = "") -> Poster | None:
    """Gather the words of the poster; None for a strand that this project has not."""
    strand = None
    if strand_short:
        code = normalise(strand_short)
        strand = Strand.objects.filter(project=project, short=code).first()
        if strand is None:
            return None
    terms = Terms.objects.filter(project=project).order_by("-version").first()
    listen = Stage.objects.filter(project=project, name=Stage.Name.LISTEN).first()
    url = url_at(strand.short if strand else project.short)
    return Poster(
        organisation=project.organisation.name,
        accent=project.organisation.accent,
        title=project.title,
        question=(terms.question if terms else "") or project.title,
        about=_first_sentences(project.summary),
        steps=_steps(project, terms),
        until=_until(listen),
        url=url,
        shown_url=shown(url),
        for_whom=strand.name if strand else "",
        help_lines=_help_lines(project),
        language=project.organisation.language.split("-")[0] or "en",
        made_on=clock.today(),
    )


def _until(listen: Stage | None) -> str:
    return _("We listen until %(day)s.") % {"day": _unbroken(listen.closes_on)} if listen else ""


def _unbroken(day: date) -> str:
    """A date that stays on one line."""
    return say_day(day).replace(" ", "\u00a0")


def _first_sentences(text: str) -> str:
    """Keep whole sentences, as many as a poster bears."""
    kept: list[str] = []
    for sentence in sentences_of(text):
        if kept and len(" ".join([*kept, sentence])) > MOST_ABOUT:
            break
        kept.append(sentence)
    return " ".join(kept)


def needed_to_speak(project: Project) -> str:
    """Say what people need to speak: nothing, or an account where only members are asked."""
    if project.open_to == Project.OpenTo.MEMBERS:
        return _("Sign in with your account. You need not give your name.")
    return _("No name and no account needed.")


def _steps(project: Project, terms: Terms | None) -> tuple[tuple[str, str], ...]:
    needed = needed_to_speak(project)
    if project.open_to != Project.OpenTo.MEMBERS:
        needed += " " + _("You can add one if you like.")
    answer = _("You keep a receipt. With it you see what came of it.")
    if terms is not None:
        answer += " " + _("You hear from us by %(day)s.") % {"day": _unbroken(terms.hear_by)}
    return (
        (_("You tell us."), needed),
        (
            _("A trained person reads it."),
            _("Nobody else sees it before. We take out what points to you."),
        ),
        (
            _("People decide together."),
            _("Some of them have lived through it too. They say why."),
        ),
        (_("We answer."), answer),
    )


def _help_lines(project: Project) -> tuple[HelpLine, ...]:
    """Lines of the organisation, then those that always stand: the last two also on slips."""
    last = last_resort()
    if project.for_under_18:
        last = [*reversed(last), for_children()]
    always = [HelpLine(each.name, each.number, each.note) for each in last]
    known = {each.number.replace(" ", "") for each in always}
    lines = Line.objects.filter(organisation=project.organisation)
    if project.for_under_18:
        lines = lines.order_by(Case(When(ages="", then=1), default=0), "position")
    else:
        lines = lines.exclude(number=for_children().number).order_by("position")
    own = [
        HelpLine(each.name, each.number, each.hours)
        for each in lines
        if each.number.replace(" ", "") not in known
    ]
    return tuple(own[:MOST_LINES] + always)

"""The papers that need people's judgement: impact assessment, joint controllers, accessibility."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from goldenthread.kit.text import say_day
from goldenthread.pages.governance.facts import Facts, Shared
from goldenthread.pages.governance.papers import Paper, Section, Table
from goldenthread.pages.governance.records import basis, who_answers
from goldenthread.projects.models import Project


def impact_assessment(facts: Facts) -> Paper:
    """Article 35, filled with what the program does; the judgement is the organisation's."""
    return Paper(
        "impact-assessment",
        _("Data protection impact assessment"),
        _("Filled with what the program does. What only you can judge is marked."),
        [
            *who_answers(facts),
            _what_is_done(facts),
            basis(facts),
            Section(
                _("Is it needed, and is it no more than needed?"),
                [
                    _("No name and no account is needed to speak. Days are kept, not times."),
                ],
                gaps=[
                    _("Say why less would not do, or why another way would not reach these people.")
                ],
            ),
            Section(_("What could go wrong, and what is done about it"), table=_risks()),
            Section(
                _("Whom you asked"),
                gaps=[
                    _("Say which people concerned you asked, and what they said."),
                    _("Give the advice of your data protection officer."),
                ],
            ),
            Section(
                _("Decision"),
                gaps=[_("Say who decided, on which day, and when it is looked at again.")],
            ),
        ],
    )


def _what_is_done(facts: Facts) -> Section:
    projects = [
        [each.title, str(each.get_state_display()), _signed(facts, each)] for each in facts.projects
    ]
    headers = [_("Project"), _("State"), _("Its own assessment")]
    return Section(
        _("What is done"),
        [
            _("People say what matters to them. A trained person reads it before anyone else."),
            _("People may speak about their health. Assume that they do."),
            _("Groups decide with the organisation. Everyone is told what came of it."),
        ],
        table=Table(_("Projects"), headers, projects) if projects else None,
        gaps=[] if projects else [_("Begin a project: there is nothing to assess yet.")],
    )


def _signed(facts: Facts, project: Project) -> str:
    """When the project's own assessment was signed: the room of assessments keeps it."""
    on = facts.assessed.get(project.pk)
    return _("Signed on %(day)s") % {"day": say_day(on)} if on else _("Not signed yet")


def _risks() -> Table:
    rows = [
        [
            _("Someone is known by how they write"),
            _("Details are masked; a warning before the box; words can be taken back"),
            _("Remains in small groups"),
        ],
        [
            _("A manager finds out who spoke"),
            _("No times, no addresses; figures rounded, none under ten"),
            _("Low"),
        ],
        [
            _("Someone in danger thinks that we watch"),
            _("Help numbers on every page; “nobody reads this live”"),
            _("Remains; said aloud"),
        ],
        [_("A stolen backup"), _("Encrypted; its key is destroyed after 35 days"), _("Low")],
        [
            _("Staff look where they should not"),
            _("Roles; every look at a concern is in the record"),
            _("Shown, not prevented"),
        ],
        [
            _("A finding is buried"),
            _("The record shows removals; two people are needed"),
            _("Shown, not prevented"),
        ],
    ]
    return Table(_("Risks"), [_("What could happen"), _("What is done"), _("What remains")], rows)


def joint_controllers(facts: Facts) -> Paper:
    """Article 26: who does what in projects that belong to several organisations."""
    return Paper(
        "joint-controllers",
        _("Joint-controller agreement"),
        _("For projects that belong to several organisations. People may ask any of them."),
        list(_agreements(facts))
        or [Section(_("None yet"), [_("No project of yours belongs to several organisations.")])],
    )


def _agreements(facts: Facts) -> Iterator[Section]:
    for shared in facts.shared:
        controllers = [each for each in shared.partners if each.controller]
        gaps = [] if controllers else [_("Say in the terms of the project who is controller.")]
        if len(controllers) > 1:
            gaps.append(_("Sign this: name, role and day for each controller."))
        yield Section(shared.project.title, table=_shares(shared), gaps=gaps)
    if facts.shared:
        yield Section(
            _("What each does"),
            [
                _(
                    "Each controller answers requests that reach it, and tells the others "
                    "within two working days."
                ),
                _(
                    "The one that runs the machine keeps it safe and tells the others of a "
                    "breach within a day."
                ),
                _("None closes the project or removes a finding alone."),
            ],
        )


def _shares(shared: Shared) -> Table:
    rows = [
        [each.organisation.name, _("Controller") if each.controller else _("Takes part")]
        for each in shared.partners
    ]
    return Table(shared.project.title, [_("Organisation"), _("Part")], rows)


def accessibility(facts: Facts) -> Paper:
    """The statement that public bodies must publish."""
    contact = facts.said.contact_shown
    return Paper(
        "accessibility",
        _("Accessibility statement"),
        _("Public bodies must publish one. Others should."),
        [
            _how_accessible(),
            Section(
                _("What is not accessible"),
                gaps=[_("Say what your own texts, files and meeting places lack.")],
            ),
            Section(
                _("Telling us"),
                [contact] if contact else [],
                gaps=[] if contact else [_("Say how anyone can write to you.")],
            ),
            Section(
                _("If we do not answer"),
                [
                    _(
                        "England, Scotland and Wales: the Equality Advisory and Support "
                        "Service. Northern Ireland: the Equality Commission."
                    )
                ],
            ),
            Section(
                _("How we know"),
                gaps=[_("Have people who use assistive technology try it, and say when they did.")],
            ),
        ],
    )


def _how_accessible() -> Section:
    return Section(
        _("How accessible it is"),
        [
            _(
                "The pages are made to meet WCAG 2.2 AA. A checker finds nothing on any page, "
                "at three sizes, in light and dark colours. Each journey works by keyboard and "
                "without scripts."
            )
        ],
    )

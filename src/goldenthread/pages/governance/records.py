"""The papers about what is held: record of processing, retention, data flows."""

from django.utils.translation import gettext as _

from goldenthread.kit.held import Held
from goldenthread.pages.governance.facts import Facts
from goldenthread.pages.governance.papers import Paper, Section, Table, not_set, said_or_gap


def record_of_processing(facts: Facts) -> Paper:
    """Article 30: who, why, what, for whom, how long, how it is kept safe."""
    said = facts.said
    return Paper(
        "record-of-processing",
        _("Record of processing"),
        _("What UK GDPR article 30 asks of a controller."),
        [
            *who_answers(facts),
            Section(
                _("Why"),
                [
                    _("To hear what people say about our services, safely."),
                    _("To decide with them what changes, and to tell everyone what came of it."),
                    _("To show that we keep our promises."),
                ],
            ),
            basis(facts),
            _whose_data(facts),
            Section(_("What is held"), table=_held(facts)),
            Section(
                _("Who receives it"),
                [
                    _("Readers and safeguarders of the project. Nobody outside."),
                    _("Released words: those who may see the project."),
                ],
            ),
            said_or_gap(
                _("Who runs the machine"),
                said.overseen_by,
                _("Say who runs the machine, and in which country."),
            ),
            _kept_safe(),
        ],
    )


def _whose_data(facts: Facts) -> Section:
    children = (
        _("Children and young people are among them.")
        if facts.asks_children
        else _("No project of ours asks people under 18.")
    )
    everyone = _("People who speak, with or without an account; members; staff.")
    return Section(_("Whose data"), [everyone, children])


def _kept_safe() -> Section:
    return Section(
        _("How it is kept safe"),
        [
            _("No internet addresses, browsers or times of day are kept."),
            _("Each person reads only what their role needs; staff use a second step."),
            _("Addresses and names given by guests are sealed with keys outside the database."),
            _("A tamper-evident record shows who looked at a concern and what was removed."),
        ],
    )


def retention(facts: Facts) -> Paper:
    """How long each kind is kept, and why."""
    rows = [[str(each.what), " ".join(each.sentences), str(each.why)] for each in facts.held]
    table = Table(_("How long we keep it"), [_("What"), _("How long"), _("Why")], rows)
    return Paper(
        "retention",
        _("Retention schedule"),
        _("The program erases what is due every night. Nobody has to remember it."),
        [
            Section(_("By kind"), table=table),
            Section(
                _("Backups"),
                [
                    _(
                        "Backups are encrypted. Each can be opened for 35 days, then its key "
                        "is destroyed."
                    )
                ],
            ),
        ],
    )


def data_flows(facts: Facts) -> Paper:
    """Where data come from, where they go, and who sees them."""
    rows = [
        [_("A person speaks"), _("The database"), _("Nobody, until a reader reads it")],
        [_("A reader reads"), _("The database"), _("That reader")],
        [_("A reader is worried"), _("The concern"), _("The project’s safeguarders")],
        [_("Words are released"), _("The board"), _("Those who may see the project")],
        [_("Figures are frozen"), _("The project page"), _("Everyone; rounded, none under ten")],
        [_("An answer is written"), _("Account, receipt or board"), _("Whom it answers")],
        [_("A mail is sent"), _("Your mail server"), _("One person; it holds no words")],
        [_("A backup is made"), _("Your backup folder"), _("Who holds its key")],
        [_("Heads of the record"), _("Outside keepers"), _("Everyone; they hold no personal data")],
    ]
    table = Table(_("Each step"), [_("What happens"), _("Where it goes"), _("Who sees it")], rows)
    mail = _("Say who runs your mail server, and whether a contract covers it.")
    gaps = [mail] if not facts.said.overseen_by else []
    return Paper(
        "data-flows",
        _("Data flows"),
        _("Where data come from, where they go, and who sees them there."),
        [
            Section(_("Step by step"), table=table),
            Section(
                _("Outside the machine"), [_("No page asks anything of another site.")], gaps=gaps
            ),
        ],
    )


def who_answers(facts: Facts) -> list[Section]:
    """Controller, contact, officer, registration: what begins every paper."""
    said = facts.said
    return [
        Section(_("Controller"), [facts.organisation.name]),
        said_or_gap(_("Contact"), said.contact_shown, _("Say how anyone can write to you.")),
        said_or_gap(
            _("Data protection officer"),
            said.officer,
            _("Name your officer, or say why you need none."),
        ),
        said_or_gap(
            _("Registered with the ICO"),
            said.registered_as,
            _("Give your number in the register of the ICO."),
        ),
    ]


def basis(facts: Facts) -> Section:
    """Why the organisation may hold data."""
    said = facts.said
    chosen = [
        said.get_basis_display() if said.basis else "",
        said.get_condition_display() if said.condition else "",
    ]
    gaps = [
        text
        for given, text in zip(
            chosen,
            (
                _("Choose why you may hold people’s data (article 6)."),
                _("Choose why you may hold data about health and the like (article 9)."),
            ),
            strict=True,
        )
        if not given
    ]
    return Section(_("Why it is lawful"), [each for each in chosen if each], gaps=gaps)


def _held(facts: Facts) -> Table:
    rows = [[str(each.what), _whose(each), str(each.why)] for each in facts.held]
    return Table(_("What is held"), [_("What"), _("Whose"), _("Why")], rows or [[not_set()] * 3])


def _whose(held: Held) -> str:
    return _("Names nobody") if held.nobody else _("One person’s")

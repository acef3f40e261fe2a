from goldenthread.listen.coding import services
from goldenthread.listen.coding.models import Coder, Round
from goldenthread.listen.coding.queries import units_of
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.tests.factories import theme_with
from goldenthread.projects.tests.factories import NOW, Listening


def two_codes(here: Listening, voices: int = 6) -> tuple[Theme, Theme]:
    """Two themes with so many voices each, both in the codebook."""
    made = []
    for title in ("Waiting", "Being told"):
        theme = theme_with(here.project, voices, title=title)
        services.write_code(by=here.tom, theme=theme, definition=f"About {title.lower()}.", now=NOW)
        made.append(theme)
    return made[0], made[1]


def round_in(here: Listening, number: int = 10) -> Round:
    """Begin a round with Cara and Mina."""
    return services.start_round(
        by=here.tom,
        project=here.project,
        number=number,
        people=[here.cara.ref],
        emails=[here.mina.email],
        now=NOW,
    )


def coder_of(round_: Round, person: object) -> Coder:
    """Return that person as a coder."""
    return Coder.objects.select_related("round__project").get(round=round_, person=person)


def sort_all(round_: Round, person: object, *themes: Theme, odd: Theme | None = None) -> None:
    """Let a coder choose these themes in turn, and `odd` for the first voice."""
    coder = coder_of(round_, person)
    for at, unit in enumerate(units_of(round_)):
        chosen = odd if odd is not None and at == 0 else themes[at % len(themes)]
        services.code(by=person, coder=coder, unit=unit, chosen=[chosen.ref], now=NOW)
    services.be_done(by=person, coder=coder, now=NOW)

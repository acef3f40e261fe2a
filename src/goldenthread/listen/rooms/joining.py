"""What rooms bring to lower rooms: a way to listen, and a way to narrow the board."""

from django.utils.translation import gettext_lazy as _

from goldenthread.listen.rooms.queries import narrowed_to_room, rooms_on_the_board
from goldenthread.listen.voices.queries import BoardFilter, board_filters
from goldenthread.listen.voices.ways import beside_classes, way

way(
    "rooms",
    title=_("Rooms"),
    sentence=_("A workshop, a gathering, a class or a lunch: notes that those present confirm."),
    page="rooms:list",
)
board_filters.append(
    BoardFilter(
        "room",
        _("Room"),  # type: ignore[arg-type]  # said when it is shown
        options=rooms_on_the_board,
        narrow=narrowed_to_room,
        when_chosen=True,  # from the page of a room
    )
)
beside_classes(_("A round of hands: everyone answers at once"), page="rooms:rounds")

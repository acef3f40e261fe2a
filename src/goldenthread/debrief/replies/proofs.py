"""What the record proves of replies: that they still say what went out."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from goldenthread.debrief.replies.events import REPLY_SENT
from goldenthread.debrief.replies.models import Reply
from goldenthread.debrief.replies.seeing import TO_ONE
from goldenthread.listen.voices.models import Voice
from goldenthread.thread.binding import Text, compare, seal_of
from goldenthread.thread.verifying import Counted, Fault, Seen, checks


def seal_of_reply(reply: Reply) -> str:
    """Return the seal of what a reply says, and of what it answers."""
    says = {
        "about": str(reply.about),
        "about_kind": str(reply.about_kind),
        "text": reply.text,
        "happens_next": reply.happens_next,
        "signed_by": reply.signed_by,
    }
    if reply.change_id is not None:
        says["change"] = str(reply.change_id)
    return seal_of("reply", reply.salt, says)


@checks(REPLY_SENT.name)
def check_replies(seen: Seen) -> Iterator[Fault | Counted]:
    """Hold every reply to the entry that says it went out."""
    said = seen[REPLY_SENT.name]
    destroyed = Voice.objects.filter(pk=OuterRef("about"), words__salt=None, words__text=None)
    rows = Reply.objects.annotate(emptied=Q(TO_ONE, Exists(destroyed), text=""))
    texts = (
        Text(
            each.ref,
            # Emptied with the words it answered: nothing is left to hold to the entry.
            str(said.get(each.ref, {}).get("seal", "")) if each.emptied else seal_of_reply(each),
            each.state != Reply.State.DRAFT,
        )
        for each in rows.order_by("ref").iterator(chunk_size=2000)
    )
    yield from compare("reply", texts, said)

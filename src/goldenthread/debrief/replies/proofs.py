"""What the record proves of replies: that they still say what went out."""

from collections.abc import Iterator

from goldenthread.debrief.replies.events import REPLY_SENT
from goldenthread.debrief.replies.models import Reply
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
    rows = Reply.objects.order_by("ref").iterator(chunk_size=2000)
    texts = (Text(each.ref, seal_of_reply(each), each.state != Reply.State.DRAFT) for each in rows)
    yield from compare("reply", texts, seen[REPLY_SENT.name])

"""The sentence model of this installation, if an operator has put one beside the data."""

import logging
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from goldenthread.listen.themes.grouping.suggesting import Embed

FOLDER = "sentence-model"
log = logging.getLogger("goldenthread.candidates")


def sentence_model() -> "Embed | None":
    """Return how to tell what sentences mean; none without a model, or with one that is not right.

    Nothing is ever fetched. Without a model, voices are put together by the words they share.
    """
    folder = settings.DATA / FOLDER
    if not folder.is_dir():
        return None
    from goldenthread.listen.themes.grouping.embedding import NoModel, load  # noqa: PLC0415  slow

    try:
        return load(folder)
    except NoModel as fault:
        log.warning("The sentence model is not used: %s", fault)
        return None

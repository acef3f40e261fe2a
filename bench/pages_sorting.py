"""What staff make of voices, and what everyone sees of it."""

from django.urls import reverse
from page import Page, get, staff

from goldenthread.act.frameworks.models import Chosen
from goldenthread.listen.candidates.models import Candidate
from goldenthread.listen.coding.models import Round
from goldenthread.listen.summaries.models import Sentence
from goldenthread.projects.models import Project


def sorting(project: Project) -> list[Page]:
    """Return the pages of candidates, codebook, summary, frameworks, and who is missing."""
    return [*_looking(project), *_told(project)]


def _looking(project: Project) -> list[Page]:
    address = project.address
    candidate = Candidate.objects.filter(run__project=project).order_by("place")[0]
    round_ = Round.objects.get(project=project)
    one = [address, round_.ref]
    suggested = reverse("candidates:list", args=[address])
    inside = reverse("candidates:candidate", args=[address, candidate.ref])
    none = reverse("candidates:none", args=[address])
    return [
        staff(get("candidates", suggested, 'class="card"', 12)),
        staff(get("a candidate", inside, 'class="pick"', 10)),
        staff(get("in no candidate", none, 'class="pick"', 20)),
        staff(get("codebook", reverse("coding:book", args=[address]), "What Theme", 40)),
        staff(get("a coding round", reverse("coding:round", args=one), "<li", 2)),
        staff(get("coding a voice", reverse("coding:code", args=one), 'type="checkbox"', 40)),
        staff(get("in short, work", reverse("summaries:work", args=[address]), "People spoke", 12)),
        staff(get("in short, writing", reverse("summaries:write", args=[address]), "<input", 10)),
    ]


def _told(project: Project) -> list[Page]:
    address = project.address
    sentence = Sentence.objects.filter(project=project).order_by("place")[0]
    chosen = Chosen.objects.get(project=project)
    one = reverse("summaries:sentence", args=[address, sentence.ref])
    charter = [address, chosen.framework_id]
    missing = reverse("outreach:missing", args=[address])
    return [
        get("in short", reverse("summaries:summary", args=[address]), "People spoke", 12),
        get("a sentence with what it rests on", one, "People spoke", 1),
        get("frameworks", reverse("frameworks:list", args=[address]), "<li", 1),
        get("topics on a charter", reverse("frameworks:map", args=charter), "Theme ", 40),
        staff(get("placing topics", reverse("frameworks:themes", args=charter), "Theme ", 40)),
        get(
            "who has not been heard",
            missing,
            'class="card-title"',
            8,
        ),
        staff(get("outreach", reverse("outreach:organisers", args=[address]), "Go where", 12)),
    ]

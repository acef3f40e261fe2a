"""Candidate themes: which texts share words, and how stable each group of them is."""

import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from threadpoolctl import threadpool_limits

from goldenthread.listen.themes.grouping.stopwords import root, says_nothing, words_in

FITS = 0.15  # cosine of a text with its theme; below this it is in no theme
MEANS = 0.35  # the same between meanings, where a sentence model is used
WORDS = 8  # of each candidate that are shown
SHARED = 2  # texts that have a word, at least, before it is one in common
SUBSAMPLES, SHARE = 5, 0.8  # how often, and how much of the texts, to see if a group comes again
VOCABULARY = 800  # words that are compared at most
FEW = 20  # texts, below which a word in one text alone counts too
ROUNDS, ENOUGH = 30, 1e-3  # of the factorisation

Labels = NDArray[np.intp]
Vectors = NDArray[np.float32]
Embed = Callable[[list[str]], Vectors]


@dataclass(frozen=True)
class Text:
    """A text and the reference it is known by."""

    ref: str
    text: str


@dataclass(frozen=True)
class Candidate:
    """Texts that share words. `stability` is 0 to 1: how much of it came again in subsamples."""

    words: tuple[str, ...]
    text_ids: tuple[str, ...]  # those that fit best first
    stability: float


@dataclass(frozen=True)
class Suggestions:
    """Candidates, the largest first, and the texts that fit in none of them."""

    themes: tuple[Candidate, ...]
    none: tuple[str, ...]


class _Found(NamedTuple):
    labels: Labels  # of each text: its theme, or -1
    fit: Vectors  # of each text with its theme
    stability: Vectors  # of each theme


def suggest(
    texts: Iterable[Text],
    *,
    themes: int,
    question: str | Sequence[str] = "",
    seed: int = 0,
    embed: Embed | None = None,
) -> Suggestions:
    """Suggest so many candidate themes; fewer where there is not enough to tell apart.

    Texts are weighed by TF-IDF and factorised by NMF (Lee and Seung 1999; NNDSVD start, Boutsidis
    and Gallopoulos 2008). A text goes to the theme whose words it resembles most, by cosine, and
    to none below FITS. Stability is the mean over subsamples of the largest Jaccard index with any
    group found there (Hennig 2007): under 0.5 a group dissolves, from 0.75 it is stable. The same
    texts give the same result in any order. With `embed` (texts to unit vectors, in rows) they are
    grouped by meaning instead, by spherical k-means.

    :raises ValueError: `themes` is not positive
    """
    if themes < 1:
        raise ValueError("at least one theme must be asked for")
    rows = sorted(texts, key=lambda each: (each.text, each.ref))
    asked = [question] if isinstance(question, str) else list(question)
    with threadpool_limits(limits=1):  # sums in one order: the same result on any machine
        weights, vocabulary = _weigh([each.text for each in rows], asked)
        if not vocabulary:
            return Suggestions((), tuple(each.ref for each in rows))
        points = weights if embed is None else embed([each.text for each in rows])
        method = _by_words if embed is None else _by_meaning
        labels, fit = method(points, themes, seed)
        found = _Found(labels, fit, _stability(method, points, themes, seed, labels))
        return _told(rows, weights, vocabulary, found)


def _weigh(texts: list[str], asked: list[str]) -> tuple[Any, list[str]]:
    """Return TF-IDF rows of length one (texts x roots) and the word most written for each root.

    No words if none is left: all were stop words, or none stands in two texts.
    """
    empty, few = says_nothing(asked), len(texts) < FEW
    forms: dict[str, Counter[str]] = {}
    roots = lru_cache(maxsize=None)(root)

    def analyse(text: str) -> list[str]:
        found = []
        for word in words_in(text):
            base = roots(word)
            if word not in empty and base not in empty:
                forms.setdefault(base, Counter())[word] += 1
                found.append(base)
        return found

    vectors = TfidfVectorizer(
        analyzer=analyse,
        min_df=1 if few else 2,
        max_df=1.0 if few else 0.5,
        max_features=VOCABULARY,
        sublinear_tf=True,
        dtype=np.float32,
    )
    try:
        weights = vectors.fit_transform(texts)
    except ValueError:
        return csr_matrix((len(texts), 0), dtype=np.float32), []
    return weights, [_as_written(forms[base]) for base in vectors.get_feature_names_out()]


def _as_written(forms: Counter[str]) -> str:
    return min(forms, key=lambda word: (-forms[word], word))


def _by_words(points: Any, themes: int, seed: int) -> tuple[Labels, Vectors]:
    """Label each text with a theme, or -1; and say how well it fits (cosine)."""
    filled = np.flatnonzero(np.diff(points.indptr))
    wanted = min(themes, len(filled), points.shape[1])
    if wanted == 0:
        return np.full(points.shape[0], -1), np.zeros(points.shape[0], np.float32)
    model = NMF(
        wanted,
        init="nndsvda",
        solver="cd",
        max_iter=ROUNDS,
        tol=ENOUGH,
        random_state=seed,
    )
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):  # its error may round below 0
        warnings.simplefilter("ignore", ConvergenceWarning)  # candidates need no last digit
        model.fit(points[filled])
    return _nearest(points, model.components_, FITS)


def _by_meaning(points: Vectors, themes: int, seed: int) -> tuple[Labels, Vectors]:
    """Label each text with a theme, or -1, by the meaning of its sentence."""
    wanted = min(themes, len(np.unique(points, axis=0)))
    found = KMeans(wanted, n_init=2, random_state=seed).fit(points)
    return _nearest(points, found.cluster_centers_, MEANS)


def _nearest(points: Any, centres: Any, fits: float) -> tuple[Labels, Vectors]:
    length = np.linalg.norm(centres, axis=1, keepdims=True)
    near = np.asarray(points @ (centres / np.where(length == 0, 1, length)).T)
    labels, fit = near.argmax(axis=1), near.max(axis=1)
    return np.where(fit >= fits, labels, -1), np.asarray(fit, np.float32)


def _stability(method: Any, points: Any, themes: int, seed: int, labels: Labels) -> Vectors:
    """Return the mean Jaccard index of each theme with its nearest in subsamples."""
    number, size = int(labels.max(initial=-1)) + 1, len(labels)
    chance = np.random.default_rng(seed)
    found = np.zeros((SUBSAMPLES, number), np.float32)
    for at in range(SUBSAMPLES):
        some = np.sort(chance.choice(size, max(1, round(SHARE * size)), replace=False))
        again, _ = method(points[some], themes, seed + at + 1)
        found[at] = _jaccard(labels[some], again, number)
    return np.asarray(found.mean(axis=0), np.float32)


def _jaccard(labels: Labels, again: Labels, number: int) -> Vectors:
    both = (labels >= 0) & (again >= 0)
    groups = int(again.max(initial=-1)) + 1
    if groups == 0:
        return np.zeros(number, np.float32)
    shared = np.zeros((number, groups))
    np.add.at(shared, (labels[both], again[both]), 1)
    ours = np.bincount(labels[labels >= 0], minlength=number)[:, None]
    theirs = np.bincount(again[again >= 0], minlength=groups)[None, :]
    either = ours + theirs - shared
    index = np.divide(shared, either, out=np.zeros_like(shared), where=either > 0)
    nearest: Vectors = index.max(axis=1).astype(np.float32)
    return nearest


def _told(rows: list[Text], weights: Any, vocabulary: list[str], found: _Found) -> Suggestions:
    """Put candidates together, the largest first; what no text went to is left out."""
    themes = []
    for at, stability in enumerate(found.stability):
        inside = np.flatnonzero(found.labels == at)
        if not len(inside):
            continue
        shared = np.asarray(weights[inside].sum(axis=0)).ravel()
        shared[weights[inside].getnnz(axis=0) < SHARED] = 0  # one person's word is not in common
        best = [word for word in np.argsort(-shared, kind="stable")[:WORDS] if shared[word] > 0]
        order = inside[np.argsort(-found.fit[inside], kind="stable")]
        themes.append(
            Candidate(
                words=tuple(vocabulary[word] for word in best),
                text_ids=tuple(rows[row].ref for row in order),
                stability=round(float(stability), 2),
            )
        )
    themes.sort(key=lambda each: (-len(each.text_ids), each.words))
    none = tuple(rows[row].ref for row in np.flatnonzero(found.labels < 0))
    return Suggestions(tuple(themes), none)

"""A sentence model that an operator may put beside the data: never part of this, never fetched.

The folder holds `model.onnx`, `tokenizer.json` and `SHA256SUMS` (as `sha256sum` writes it, one
line for each of the two). The packages `onnxruntime` and `tokenizers` are needed only then.
"""

import hashlib
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from goldenthread.listen.themes.grouping.suggesting import Embed, Vectors

MODEL, TOKENS, SUMS = "model.onnx", "tokenizer.json", "SHA256SUMS"
PACKAGES = ("onnxruntime", "tokenizers")
AT_ONCE = 64  # texts
LENGTH = 256  # pieces of words of a text that are looked at


class NoModel(ValueError):
    """The folder holds no model that may be used; the sentence says why."""


def load(folder: Path, *, bring: Callable[[str], Any] = importlib.import_module) -> Embed:
    """Return how to turn texts into vectors of length one, after checking the files.

    :raises NoModel: a file is missing or not the one in the list, or a package is not there
    """
    sums = _sums(folder)
    for name in (MODEL, TOKENS):
        _check(folder / name, sums.get(name))
    try:
        runtime, pieces = (bring(name) for name in PACKAGES)
    except ImportError as fault:
        raise NoModel(
            f"There is a sentence model, but the package {fault.name} is not installed. "
            f"Install {' and '.join(PACKAGES)}, or remove the folder."
        ) from fault
    tokens = pieces.Tokenizer.from_file(str(folder / TOKENS))
    tokens.enable_truncation(max_length=LENGTH)
    tokens.enable_padding()
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    session = runtime.InferenceSession(
        str(folder / MODEL), options, providers=["CPUExecutionProvider"]
    )
    return lambda texts: _embed(texts, tokens, session)


def _sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise NoModel(f"There is no readable list {SUMS} beside the sentence model.") from fault
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return {pair[1].lstrip("*").strip(): pair[0].lower() for pair in pairs if len(pair) > 1}


def _check(file: Path, wanted: str | None) -> None:
    if wanted is None:
        raise NoModel(f"The list {SUMS} does not name {file.name}.")
    try:
        with file.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as fault:
        raise NoModel(f"The file {file.name} of the sentence model cannot be read.") from fault
    if found != wanted:
        raise NoModel(f"The file {file.name} is not the one that {SUMS} names: it is not used.")


def _embed(texts: list[str], tokens: Any, session: Any) -> Vectors:
    """Mean of the last layer over the pieces of each text, set to length one (texts x size)."""
    asked = {each.name for each in session.get_inputs()}
    found = []
    for at in range(0, len(texts), AT_ONCE):
        pieces = tokens.encode_batch(texts[at : at + AT_ONCE])
        mask = np.array([each.attention_mask for each in pieces], np.int64)
        fed = {"input_ids": np.array([each.ids for each in pieces], np.int64)}
        fed |= {"attention_mask": mask, "token_type_ids": np.zeros_like(mask)}
        last = session.run(None, {name: fed[name] for name in asked})[0]
        weight = mask[..., None].astype(np.float32)
        found.append((last * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1))
    vectors = np.concatenate(found).astype(np.float32)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(length == 0, 1, length), np.float32)

import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from goldenthread.listen.themes.grouping.embedding import NoModel, load

FILES = ("model.onnx", "tokenizer.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_bytes(name.encode())
    sums = [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}" for name in FILES]
    (tmp_path / "SHA256SUMS").write_text("\n".join(sums))
    return tmp_path


def never(name: str) -> Any:
    raise AssertionError(f"{name} was imported before the files were checked")


@pytest.mark.parametrize("name", ["SHA256SUMS", *FILES])
def test_a_missing_file_is_refused(folder: Path, name: str):
    (folder / name).unlink()
    with pytest.raises(NoModel, match=name):
        load(folder, bring=never)


def test_a_changed_file_and_a_file_not_in_the_list_are_refused(folder: Path):
    (folder / "model.onnx").write_bytes(b"another")
    with pytest.raises(NoModel, match="is not the one"):
        load(folder, bring=never)
    (folder / "SHA256SUMS").write_text("")
    with pytest.raises(NoModel, match="does not name"):
        load(folder, bring=never)


def test_without_the_packages_it_says_what_to_do(folder: Path):
    def missing(name: str) -> Any:
        raise ImportError(name=name)

    with pytest.raises(NoModel, match="onnxruntime is not installed"):
        load(folder, bring=missing)


def test_vectors_are_means_over_the_pieces_of_a_text_and_have_length_one(folder: Path):
    class Tokens:
        from_file = staticmethod(lambda _path: Tokens())

        def enable_truncation(self, max_length: int) -> None:
            assert max_length

        def enable_padding(self) -> None:
            pass

        def encode_batch(self, lines: list[str]) -> list[Any]:
            return [
                SimpleNamespace(
                    ids=[len(word) for word in line.split()] + [9] * (4 - len(line.split())),
                    attention_mask=[1] * len(line.split()) + [0] * (4 - len(line.split())),
                )
                for line in lines
            ]

    class Session:
        def __init__(self, *_given: Any, **more: Any) -> None:
            assert more["providers"] == ["CPUExecutionProvider"]

        def get_inputs(self) -> list[Any]:
            return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

        def run(self, _names: None, fed: dict[str, Any]) -> list[Any]:
            assert set(fed) == {"input_ids", "attention_mask"}
            ids = fed["input_ids"]
            return [np.stack([ids, 10 - ids], axis=-1).astype(np.float32)]

    runtime = SimpleNamespace(SessionOptions=SimpleNamespace, InferenceSession=Session)
    packages = {"onnxruntime": runtime, "tokenizers": SimpleNamespace(Tokenizer=Tokens)}
    embed = load(folder, bring=packages.__getitem__)
    vectors = embed(["aaa bbb", "c"] * 40)
    assert vectors.shape == (80, 2)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    assert np.allclose(vectors[0], np.array([3, 7]) / np.hypot(3, 7))

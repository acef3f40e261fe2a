"""Against the published examples of Certificate Transparency, and both ways by Hypothesis."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.thread.merkle import tree

# The eight leaves and roots with which implementations of RFC 6962 are compared.
LEAVES = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [tree.leaf_hash(bytes.fromhex(each)) for each in LEAVES]
SIZES = st.integers(1, 70)


def leaves(size: int) -> list[bytes]:
    return [tree.leaf_hash(str(number).encode()) for number in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert tree.root_of(HASHES[:size]).hex() == ROOTS[size - 1]


def test_no_leaves_hash_to_the_hash_of_nothing() -> None:
    assert tree.root_of([]) == hashlib.sha256(b"").digest()


def test_paths_are_the_published_ones() -> None:
    over = tree.range_of(HASHES)
    assert [each.hex() for each in tree.inclusion_proof(0, 8, over)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


@given(SIZES, st.data())
def test_a_leaf_is_proved_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    root = tree.root_of(hashes)
    path = tree.inclusion_proof(index, size, tree.range_of(hashes))
    assert tree.proves_inclusion(hashes[index], index, size, path, root)
    assert not tree.proves_inclusion(tree.leaf_hash(b"other"), index, size, path, root)
    assert not tree.proves_inclusion(hashes[index], index, size, [*path, root], root)
    assert not tree.proves_inclusion(hashes[index], size, size, path, root)
    for place in range(len(path)):
        wrong = [*path[:place], tree.EMPTY, *path[place + 1 :]]
        assert not tree.proves_inclusion(hashes[index], index, size, wrong, root)


@given(SIZES, st.data())
def test_a_tree_is_proved_to_have_grown_and_not_to_have_changed(
    new: int, data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, new))
    hashes = leaves(new)
    roots = tree.root_of(hashes[:old]), tree.root_of(hashes)
    proof = tree.consistency_proof(old, new, tree.range_of(hashes))
    assert tree.proves_consistency(old, new, *roots, proof)
    changed = [tree.leaf_hash(b"other"), *hashes[1:]]
    forged = tree.consistency_proof(old, new, tree.range_of(changed))
    assert not tree.proves_consistency(old, new, roots[0], tree.root_of(changed), forged)
    assert not tree.proves_consistency(old, new, *roots, [*proof, roots[0]])
    for place in range(len(proof)):
        assert not tree.proves_consistency(old, new, *roots, proof[:place] + proof[place + 1 :])


@given(SIZES, st.integers(0, 70))
def test_a_stack_that_is_taken_up_again_gives_the_same_root(first: int, more: int) -> None:
    hashes = leaves(first + more)
    stack = tree.Stack()
    for leaf in hashes[:first]:
        stack.append(leaf)
    again = tree.Stack(stack.size, stack.hashes)
    for leaf in hashes[first:]:
        again.append(leaf)
    assert (again.size, again.root) == (len(hashes), tree.root_of(hashes))


def test_a_stack_tells_of_each_subtree_that_is_complete() -> None:
    stack, complete = tree.Stack(), []
    for leaf in HASHES:
        complete += [(level, index) for level, index, _hash in stack.append(leaf)]
    assert [each for each in complete if each[0] == 2] == [(2, 0), (2, 1)]
    assert len(complete) == 15


def test_a_stack_with_hashes_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="another number"):
        tree.Stack(3, [tree.EMPTY])

"""The hash tree of RFC 6962, section 2.1, over SHA-256: roots and proofs."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

Hash = bytes  # 32 bytes
Range = Callable[[int, int], Hash]  # the root over the leaves [start, end)

EMPTY: Hash = hashlib.sha256(b"").digest()


def leaf_hash(body: bytes) -> Hash:
    """Return the hash of one entry: SHA-256 of 0x00 and its bytes."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Return the hash of two subtrees: SHA-256 of 0x01 and both hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Stack:
    """The roots of the perfect subtrees, largest first: log2 n hashes, all that appending needs."""

    def __init__(self, size: int = 0, hashes: Iterable[Hash] = ()) -> None:
        """Take up where one was left: `hashes` holds one for each bit set in `size`.

        :raises ValueError: size and hashes do not belong together
        """
        self.size, self.hashes = size, list(hashes)
        if len(self.hashes) != size.bit_count():
            raise ValueError("a stack of that size has another number of hashes")

    def append(self, leaf: Hash) -> list[tuple[int, int, Hash]]:
        """Add a leaf; return each subtree that is complete by it as (level, index, hash)."""
        done, level, index = leaf, 0, self.size
        complete = [(level, index, done)]
        while index & 1:
            done, level, index = node_hash(self.hashes.pop(), done), level + 1, index >> 1
            complete.append((level, index, done))
        self.hashes.append(done)
        self.size += 1
        return complete

    @property
    def root(self) -> Hash:
        """The root over all leaves; for none, the hash of nothing."""
        if not self.hashes:
            return EMPTY
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root


def root_of(leaves: Iterable[Hash]) -> Hash:
    """Return the root over these leaf hashes."""
    stack = Stack()
    for leaf in leaves:
        stack.append(leaf)
    return stack.root


def range_of(leaves: Sequence[Hash]) -> Range:
    """Return roots over ranges of leaves that are all at hand."""
    return lambda start, end: root_of(leaves[start:end])


def inclusion_proof(index: int, size: int, over: Range) -> list[Hash]:
    """Return the audit path of leaf `index` in a tree of `size` (RFC 6962, 2.1.1).

    :raises ValueError: there is no such leaf
    """
    if not 0 <= index < size:
        raise ValueError("there is no such leaf")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(over(middle, end))
            end = middle
        else:
            path.append(over(start, middle))
            start = middle
    return path[::-1]


def consistency_proof(old: int, new: int, over: Range) -> list[Hash]:
    """Return the proof that a tree of `old` leaves is the beginning of one of `new` (2.1.2).

    :raises ValueError: not 0 < old <= new
    """
    if not 0 < old <= new:
        raise ValueError("the old tree is empty, or larger than the new one")
    proof, start, end, whole = [], 0, new, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(over(middle, end))
            end = middle
        else:
            proof.append(over(start, middle))
            start, whole = middle, False
    if not whole:
        proof.append(over(start, end))
    return proof[::-1]


def proves_inclusion(leaf: Hash, index: int, size: int, path: Sequence[Hash], root: Hash) -> bool:
    """Return whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    sides = list(_sides(index, size - 1)) if 0 <= index < size else []
    if index >= size or index < 0 or len(sides) != len(path):
        return False
    found = leaf
    for step, left in zip(path, sides, strict=True):
        found = node_hash(step, found) if left else node_hash(found, step)
    return found == root


def proves_consistency(
    old: int, new: int, old_root: Hash, new_root: Hash, proof: Sequence[Hash]
) -> bool:
    """Return whether the old tree is the beginning of the new one (RFC 9162, 2.1.4.2)."""
    if not 0 < old < new:
        return 0 < old == new and not proof and old_root == new_root
    first, *steps = list(proof) if old & (old - 1) else [old_root, *proof]
    odd = (~(old - 1) & old).bit_length() - 1  # the levels that are full in both trees
    sides = list(_sides((old - 1) >> odd, (new - 1) >> odd))
    if len(sides) != len(steps):
        return False
    before = after = first
    for step, left in zip(steps, sides, strict=True):
        before = node_hash(step, before) if left else before
        after = node_hash(step, after) if left else node_hash(after, step)
    return before == old_root and after == new_root


def _sides(place: int, last: int) -> Iterator[bool]:
    """Yield for each step of a proof, from the leaf up, whether it stands to the left."""
    while last:
        left = bool(place & 1) or place == last
        yield left
        while left and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1


def _split(width: int) -> int:
    """Return the largest power of two below `width`."""
    return 1 << (width - 1).bit_length() - 1

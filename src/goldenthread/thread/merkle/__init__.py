"""Hash trees, proofs, signed heads and tiles of the record. Pure: no Django, no database.

Methods: RFC 6962 (tree and proofs; verification as in RFC 9162), C2SP signed-note,
tlog-checkpoint, tlog-cosignature and tlog-tiles.
"""

"""What can go wrong, each in one sentence that the person who starts it can act on."""


class DatabaseProblem(Exception):
    """The database cannot be started or reached; the message is one plain sentence."""


class FolderInUse(DatabaseProblem):
    """Another process holds this folder."""

"""The pages of projects: the public ones, and those on which a project is prepared."""

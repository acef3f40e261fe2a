"""Breaking words into lines for pictures, where the browser does not do it."""

import textwrap


def lines_of(text: str, *, width: int, most: int = 3) -> list[str]:
    """Break a label into at most `most` lines of about `width` letters."""
    lines = textwrap.wrap(text, max(width, 6), break_on_hyphens=False) or [""]
    if len(lines) > most:
        return [
            *lines[: most - 1],
            textwrap.shorten(" ".join(lines[most - 1 :]), width, placeholder="…"),
        ]
    return lines

"""`python -m goldenthread` is the same as `goldenthread`."""

from goldenthread.config.cli import main

main()

"""`python -m exigible`."""

from exigible.cli import main

main()

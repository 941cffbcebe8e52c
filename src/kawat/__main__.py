"""`python -m kawat` is the same as `kawat`."""

from kawat.faces.cli import main

main()

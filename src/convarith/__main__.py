"""The command line, for `python -m convarith`."""

from convarith.cli import main

raise SystemExit(main())

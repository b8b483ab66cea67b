"""One file per command of main.py: HELP (one line), arguments(parser), run(options) -> exit code.

A command imports what it needs inside `run`, so that the others stay quick.
"""

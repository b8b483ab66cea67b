"""Our store beside plain TinyDB, in one run on one machine."""

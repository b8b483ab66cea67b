"""One file per capability: its settings, the fields it adds, what it contradicts, its pure rules."""

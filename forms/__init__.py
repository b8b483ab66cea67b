"""What may be written in a definition, and what it means: no screen, no database, no clock."""

"""One file per field type."""

"""The map of a large app, beside the plain way of sending every pin."""

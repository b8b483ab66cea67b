"""The screens of an app with many records, beside the plain way of making them, in one run on one machine."""

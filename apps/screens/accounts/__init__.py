"""The people who may sign in: the pages of the administrators, one file per page."""

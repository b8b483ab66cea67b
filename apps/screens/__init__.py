"""One file per screen, or one folder where a screen has parts."""

"""Tiles of a map: pictures by zoom, column and row, from a folder or one file that an administrator put there."""

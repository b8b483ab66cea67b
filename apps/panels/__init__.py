"""One file per face of a capability, under the name of the capability; found by scanning this folder."""

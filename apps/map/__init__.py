"""Maps: the tiles that an administrator put here, the records on them, and the one module that draws them."""

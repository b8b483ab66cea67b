"""How long, how deep and how large a formula may be."""

from typing import Final

from forms.formula.errors import Mistake
from forms.formula.messages import mistake
from forms.formula.syntax import Syntax, children

LONGEST_SOURCE: Final = 4_000
"""Characters."""
DEEPEST: Final = 64
"""Nodes from the whole formula down to its innermost part."""
MOST_NODES: Final = 2_000


def beyond_bounds(tree: Syntax, length: int) -> Mistake | None:
    """The mistake of a tree that is too deep or has too many parts; length is that of the source."""
    count, stack = 0, [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        count += 1
        if depth > DEEPEST:
            return mistake('too-deep', node.start, node.end, limit=DEEPEST)
        if count > MOST_NODES:
            return mistake('too-many-parts', 0, length, limit=MOST_NODES)
        stack.extend((child, depth + 1) for child in children(node))
    return None

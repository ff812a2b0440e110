"""A door to docutils: do not make a generator for every node of a document to walk through it.

Some sixty transforms and listeners walk through each document to find nodes of one class. docutils nests generators for
that as deep as the document is, one for each node, texts among them, which takes about a tenth of a build. One loop finds
the same nodes in the same order, also where nodes come and go meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils.nodes import Node
from sphinx.util.nodes import NodeMatcher

if TYPE_CHECKING:
    from collections.abc import Iterator


def walk_in_one_loop() -> None:
    """Have docutils and Sphinx find nodes in one loop."""
    for owner, name, ours in (
        (Node, "_fast_findall", of_class),
        (Node, "_superfast_findall", every),
        (NodeMatcher, "findall", matching),
    ):
        if hasattr(owner, name):
            setattr(owner, name, ours)


def of_class(root: Node, kinds: type | tuple[type, ...]) -> Iterator[Node]:
    """Yield a node and the nodes below it that are of a class, in the order of the document.

    :param root: the node.
    :param kinds: the class, or several.
    """
    if isinstance(root, kinds):
        yield root
    waiting = []
    siblings = iter(root.children)
    while True:
        for node in siblings:
            if isinstance(node, kinds):
                yield node
            if node.children:
                waiting.append(siblings)
                siblings = iter(node.children)
                break
        else:
            if not waiting:
                return
            siblings = waiting.pop()


def every(root: Node) -> Iterator[Node]:
    """Yield a node and all nodes below it, in the order of the document.

    :param root: the node.
    """
    return of_class(root, Node)


def matching(matcher: NodeMatcher[Any], root: Node) -> Iterator[Node]:
    """Yield a node and the nodes below it that match, in the order of the document.

    :param matcher: what they are to be like.
    :param root: the node.
    """
    return filter(matcher, of_class(root, matcher.classes or Node))

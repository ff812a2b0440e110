"""Nodes are found in the order of the document, also where some come and go meanwhile."""

from __future__ import annotations

import itertools

from docutils import nodes
from docutils.utils import new_document
from hypothesis import given
from hypothesis import strategies as st
from sphinx.util.nodes import NodeMatcher

from sphinxext.newsroom.speedups.tree_walks import every, matching, of_class
from tests.conftest import examples

FINDALL = matching(NodeMatcher.findall)
LEAVES = st.sampled_from(["text", "image"])
TREES = st.recursive(LEAVES, lambda inner: st.tuples(st.sampled_from(["section", "paragraph"]), st.lists(inner)))
CLASSES: list[type | tuple[type, ...]] = [nodes.Node, nodes.Text, nodes.paragraph, (nodes.image, nodes.section)]


def grow(tree):
    if tree == "text":
        return nodes.Text("text")
    if tree == "image":
        return nodes.image()
    kind, inner = tree
    return getattr(nodes, kind)("", *map(grow, inner))


def nested(root, kinds):
    """Do as docutils does: one generator for each node."""
    if isinstance(root, kinds):
        yield root
    for child in root.children:
        yield from nested(child, kinds)


def identities(found):
    return [id(node) for node in found]


@examples(50)
@given(tree=TREES)
def test_the_same_nodes_in_the_same_order(tree):
    root = grow(tree)
    for kinds in CLASSES:
        assert identities(of_class(root, kinds)) == identities(nested(root, kinds)), kinds
    assert identities(every(root)) == identities(nested(root, nodes.Node))


@examples(50)
@given(tree=TREES)
def test_nodes_that_match(tree):
    root = grow(tree)
    for number, image in enumerate(root.findall(nodes.image)):
        image["uri"] = str(number % 2)
    for matcher in (NodeMatcher(nodes.image, uri="1"), NodeMatcher(uri="0"), NodeMatcher(nodes.Text)):
        wanted = [node for node in nested(root, nodes.Node) if matcher(node)]
        assert identities(FINDALL(matcher, root)) == identities(wanted)


def remove(node):
    node.parent.remove(node)


def replace_by_two(node):
    node.parent.replace(node, [nodes.paragraph("", nodes.Text("new"), nodes.image()), nodes.image()])


def fill(node):
    if len(node.parent.children) < 4:
        node.parent.append(nodes.paragraph("", nodes.Text("more")))


def empty_parent(node):
    node.parent.clear()


CHANGES = (remove, replace_by_two, fill, empty_parent)


@examples(25)
@given(tree=TREES)
def test_nodes_that_come_and_go(tree):
    for change, kind in itertools.product(CHANGES, (nodes.paragraph, nodes.Text, nodes.image)):
        found = []
        for walk in (of_class, nested):
            root = new_document("")
            root.append(grow(tree))
            names = []
            for node in walk(root, kind):
                names.append((type(node).__name__, node.astext()))
                if len(names) < 30 and node.parent is not None:
                    change(node)
            found.append((names, root.pformat()))
        assert found[0] == found[1], (change, kind)


class OwnMatcher(NodeMatcher[nodes.Node]):
    """A matcher that finds more than its classes."""

    def match(self, node):
        return isinstance(node, nodes.image) or super().match(node)


class OwnParagraph(nodes.paragraph):
    """A node that finds nothing below itself."""

    def findall(self, *_args, **_options):
        return iter(())


def test_a_subclass_with_a_method_of_its_own_finds_nodes_as_before():
    root = nodes.paragraph("", nodes.Text("one"), nodes.image())
    matcher = OwnMatcher(nodes.Text)
    assert identities(FINDALL(matcher, root)) == identities(matcher.findall(root)) == identities(root.children)
    assert list(FINDALL(NodeMatcher(nodes.Text), OwnParagraph("", nodes.Text("one")))) == []

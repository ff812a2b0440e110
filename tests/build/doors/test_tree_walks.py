"""Nodes are found in the order of the document, also where some come and go meanwhile."""

from __future__ import annotations

import pytest
from docutils import nodes
from docutils.utils import new_document
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx.util.nodes import NodeMatcher

from sphinxext.newsroom.build.doors.tree_walks import every, matching, of_class

LEAVES = st.sampled_from(["text", "image"])
TREES = st.recursive(LEAVES, lambda inner: st.tuples(st.sampled_from(["section", "paragraph"]), st.lists(inner)))
CLASSES = [nodes.Node, nodes.Text, nodes.paragraph, (nodes.image, nodes.section)]


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


@pytest.mark.parametrize("kinds", CLASSES, ids=str)
@settings(max_examples=50)
@given(tree=TREES)
def test_the_same_nodes_in_the_same_order(kinds, tree):
    root = grow(tree)
    assert identities(of_class(root, kinds)) == identities(nested(root, kinds))
    assert identities(every(root)) == identities(nested(root, nodes.Node))


@settings(max_examples=50)
@given(tree=TREES)
def test_nodes_that_match(tree):
    root = grow(tree)
    for number, image in enumerate(root.findall(nodes.image)):
        image["uri"] = str(number % 2)
    for matcher in (NodeMatcher(nodes.image, uri="1"), NodeMatcher(uri="0"), NodeMatcher(nodes.Text)):
        wanted = [node for node in nested(root, nodes.Node) if matcher(node)]
        assert identities(matching(matcher, root)) == identities(wanted)


def remove(node):
    node.parent.remove(node)


def replace_by_two(node):
    node.parent.replace(node, [nodes.paragraph("", nodes.Text("new"), nodes.image()), nodes.image()])


def fill(node):
    if len(node.parent.children) < 4:
        node.parent.append(nodes.paragraph("", nodes.Text("more")))


def empty_parent(node):
    node.parent.clear()


@pytest.mark.parametrize("change", [remove, replace_by_two, fill, empty_parent])
@pytest.mark.parametrize("kind", [nodes.paragraph, nodes.Text, nodes.image])
@settings(max_examples=40)
@given(tree=TREES)
def test_nodes_that_come_and_go(change, kind, tree):
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
    assert found[0] == found[1]


def test_docutils_and_sphinx_find_nodes_so(site):
    site({}).build()
    root = nodes.paragraph("", nodes.Text("one"), nodes.emphasis("", nodes.Text("two")))
    assert vars(nodes.Node)["_fast_findall"] is of_class
    assert NodeMatcher.findall is matching
    assert [str(text) for text in root.findall(nodes.Text)] == ["one", "two"]

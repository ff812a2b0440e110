"""Integration of ABlog: the only package that imports it.

ABlog provides its directives, labels, configuration and the ``ablog`` object that sidebars read. Defects of ABlog (up to
0.11.13) are worked around here; each workaround names the defect and can be removed once ABlog has fixed it.

``setup`` loads ABlog, ``settings`` reads its options, ``directives`` reads its posts from documents, ``environment`` stores
them, ``posts`` converts them to posts of the blog, and ``index`` passes the finished blog to ABlog.
"""

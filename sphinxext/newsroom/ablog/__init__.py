"""The door to ABlog: the only package that knows it.

ABlog keeps giving its directives, its labels, its configuration and the ``ablog`` object that sidebars read. What it does
wrong is put right here; each repair names the defect and can go when ABlog has mended it (the versions up to 0.11.13 have
them all).

``loading`` puts ABlog into the application, ``settings`` reads its options, ``directives`` reads its posts out of documents,
``store`` keeps them in the environment, ``posts`` makes posts of the blog of them, and ``index`` gives ABlog the finished
blog.
"""

"""Benchmark builds against those of other programs; see ``python -m benchmarks --help``."""

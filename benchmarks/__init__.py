"""How long builds take, beside those of other programs; ``python -m benchmarks --help`` tells how to run it."""

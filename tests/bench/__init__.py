"""The benchmark: `python -m tests.bench`, or ./packaging/bench, which prepares it."""

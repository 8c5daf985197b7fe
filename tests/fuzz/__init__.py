"""The contracts of `tests/properties/contracts` under a coverage-guided fuzzer: `python -m tests.fuzz --minutes 10`."""

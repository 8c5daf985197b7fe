"""Writes the sample reports of `data/raw` and their labels in `tests/corpus/samples`: `python -m tests.reports.write`."""

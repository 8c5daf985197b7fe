"""What the code promises about any value or text, each promise once: a function that asserts it.

`tests/properties` tries them with hypothesis in every run, `tests/fuzz` with a coverage-guided fuzzer for as long as asked.
"""

"""Generates labelled reports: whole documents whose every figure, citation and planted error is known."""

from tests.evaluation.generator.make import Generated, generate

__all__ = ["Generated", "generate"]

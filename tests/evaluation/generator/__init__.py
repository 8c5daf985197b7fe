"""Generates labelled reports: whole documents whose every figure, citation and planted error is known.

`generate(seed, part)` makes one in memory; `python -m tests.evaluation.generator` writes files. Reports of even seeds carry
one to three errors, those of odd seeds are clean but tempting. Labels have the shape of the other labelled sets; beyond it
a finding says `kind` (what was planted), `was` (what was printed before), `identifiable` (no other single figure could be at
fault; only then is there a `suggestion`; else `tied` lists the figures each of which could, the planted one among them), and
`must_not_flag` says kind, family, reason and, where it is one passage, quote. `tables` are the printed tables in order: the
text of every cell (of a merged one in its top left cell, elsewhere none), header rows, and merges as [row, column, row, column].

The truth comes from a model of dossiers and from the wordings in this folder, never from the tool it measures. The files beside
this one are the first hand (`--part tuning`); `second` to `seventh` are hands of other people, kept out until they had been
measured once and tuned to since. Those of the folder `kept_out` are read by `--part kept-out` alone: tune on the others, measure
on this one, and leave that folder unopened. What has been looked at becomes one more hand, and somebody else writes another.
"""

from tests.evaluation.generator.make import Generated, generate

__all__ = ["Generated", "generate"]

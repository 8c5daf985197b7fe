"""From features to an indicator: the rules of the vocabulary applied to what a clause and its context say.

A clause rarely says everything. "quá hạn 2 hồ sơ" names a deadline, not whether those dossiers are resolved or still
pending: that is said by the bullet above, or earlier in the sentence. Features therefore come in dimensions, and a
dimension that the clause leaves open is taken from the nearest context that fills it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.language.pipeline import Found
from extractors.vocabulary import TOPICS, FigureKind, Rule, rules, units

ACTIONS = frozenset({"received", "new", "carried", "resolved", "pending", "returned", "withdrawn", "supplement", "due"})
TIMINGS = frozenset({"early", "on_time", "late", "in_time"})
CHANNELS = frozenset({"online", "in_person", "postal"})
#: What a procedure may be doing when "TTHC" stands for hồ sơ.
_DOSSIER_SIGNS = frozenset({"received", "resolved", "pending"}) | TIMINGS
_NO_DOSSIER = frozenset({"proc_new", "proc_amended", "proc_repealed", "reviewed", "published", "internal_process"})
#: Features that say nothing of what is counted.
IDLE = frozenset({"total", "rate", "change", "target"})


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a clause, nearest first: features of earlier clauses, of the bullet above, of headings."""

    features: tuple[frozenset[str], ...] = ()

    def first(self, dimension: frozenset[str]) -> frozenset[str]:
        """The nearest features within `dimension`, or none."""
        return next((f & dimension for f in self.features if f & dimension), frozenset())


def features(found: Iterable[Found]) -> frozenset[str]:
    """All features of some cues."""
    return frozenset(f for cue in found for f in cue.features)


def nearest(found: Sequence[Found], backward: bool = True) -> frozenset[str]:
    """Features of a stretch of text next to a figure; of several actions only the one nearest to it counts."""
    ordered = list(reversed(found)) if backward else list(found)
    kept: set[str] = set()
    acted = False
    for cue in ordered:
        actions = ACTIONS & set(cue.features)
        if actions and acted:
            kept |= set(cue.features) - ACTIONS - TIMINGS
            continue
        acted = acted or bool(actions)
        kept |= set(cue.features)
    return frozenset(kept)


@cache
def unit_feature(unit: str | None) -> frozenset[str]:
    """The feature that a counting noun lends, if any."""
    return frozenset(u.feature for u in units() if u.name == unit and u.feature)


def complete(own: frozenset[str], context: Context) -> frozenset[str]:
    """Own features, with topic, action and deadline taken from the context where the clause leaves them open."""
    said = own - IDLE
    if not said - {"dossier", "procedure"}:
        inherited = next((f for f in context.features if f - IDLE - {"dossier"}), frozenset())
        if "total" in own and inherited & {"new", "carried", "online", "in_person", "postal"}:
            inherited = (inherited - ACTIONS - CHANNELS) | {"received"}
        own |= inherited - IDLE
    if not own & TOPICS:
        own |= context.first(TOPICS)
    if own & (TIMINGS | CHANNELS | {"fullprocess", "partial"}) and not own & ACTIONS:
        action = context.first(ACTIONS)
        own |= action & ({"resolved", "pending"} if own & TIMINGS else {"received", "resolved", "pending", "new"})
        if own & CHANNELS and own & {"resolved", "pending"} and not own & TIMINGS:
            return own
    return own


def _about_dossiers(found: frozenset[str]) -> bool:
    """Whether the figure counts hồ sơ, TTHC said for hồ sơ included."""
    foreign = TOPICS - {"dossier", "procedure", "service", "par_index"}
    if found & foreign:
        return False
    if "dossier" in found:
        return True
    if "procedure" in found:
        return bool(found & _DOSSIER_SIGNS) and not found & _NO_DOSSIER
    return bool(found & (ACTIONS | TIMINGS))


def choose(found: frozenset[str], of: FigureKind) -> str | None:
    """The indicator that the features make, for a figure of kind `of`; None outside the vocabulary."""
    best: Rule | None = None
    for rule in _rules_of(of):
        if not rule.all <= found or found & rule.none or (rule.any and not found & rule.any):
            continue
        if rule.topic == "dossier" and not _about_dossiers(found):
            continue
        if best is None or len(rule.all) > len(best.all):
            best = rule
    return best.indicator if best else None


@cache
def _rules_of(of: FigureKind) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.of == of)

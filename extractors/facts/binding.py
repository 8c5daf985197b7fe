"""From features to an indicator: the rules of the vocabulary applied to what a clause and its context say.

A clause rarely says everything. "quá hạn 2 hồ sơ" names a deadline, not whether those dossiers are resolved or still
pending: that is said by the bullet above, or earlier in the sentence. Features therefore come in dimensions, and a
dimension that the clause leaves open is taken from the nearest context that fills it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.language.pipeline import Found
from extractors.vocabulary import TOPICS, FigureKind, Rule, indicators, rules, units

ACTIONS = frozenset({"received", "new", "carried", "resolved", "pending", "returned", "withdrawn", "supplement", "due"})
TIMINGS = frozenset({"early", "on_time", "late", "in_time"})
_REFUSED = frozenset({"returned", "withdrawn"})
_DATED = frozenset({"dossier", "petition", "task", "procedure"})  # what may be early or late
CHANNELS = frozenset({"online", "in_person", "postal"})
#: What a procedure may be doing when "TTHC" stands for hồ sơ.
_DOSSIER_SIGNS = ACTIONS | TIMINGS | {"outcome", "in_period"}
STAFF = frozenset({"payroll", "civil_servant", "public_employee"})
STAFFING = frozenset({"assigned", "present"})
_STAFF_ACTS = frozenset({"staff_cut", "recruit", "discipline", "appoint"})
_NO_DOSSIER = frozenset({"proc_new", "proc_amended", "proc_repealed", "reviewed", "published", "internal_process"})
#: Things that are not hồ sơ even where a clause names hồ sơ too; offices and officials, who act on hồ sơ, are not here.
_OTHER_THINGS = frozenset({"petition", "news", "legal_doc", "survey", "apology", "edoc", "directing_doc", "par_index"})
#: What is done with hồ sơ beside receiving and resolving them: counts of these are outside the balance.
_SERVICES = frozenset({"payment", "digitised", "digital_result", "reuse", "sync"})
#: The figure has a counting noun of its own that is no hồ sơ ("5.544 thông báo"): no dossier indicator fits it.
FOREIGN = "foreign"
_ANY_THING = frozenset({"%", "điểm", "hạng", "bậc", "trường hợp", "lượt", "kết quả", "giao dịch"})
#: Features that say nothing of what is counted.
IDLE = frozenset({"total", "rate", "change", "target"})
#: Features that say something only beside a thing counted: "ban hành" does not tell what.
WEAK = IDLE | {
    "issued",
    "assigned_by_leader",
    "assigned",
    "present",
    "plan",
    "found",
    "handled",
    "proposed",
    "done",
    "leader",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a clause, nearest first: features of earlier clauses, of the bullet above, of headings."""

    features: tuple[frozenset[str], ...] = ()
    near: int | None = None  # how many of `features` are close enough to lend everything; None: all
    parallel: tuple[frozenset[str], ...] = ()  # figures before in the sentence, behind a semicolon
    inner: int = 0  # how many of `features` are of the same sentence; `parallel` is asked right after them

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
    left_over = any("carried" in cue.features for cue in found)
    for cue in ordered:
        actions = ACTIONS & set(cue.features)
        if left_over and actions == {"pending"}:
            continue  # "chưa giải quyết xong từ quý trước chuyển sang" is what came over
        if actions and acted and not (actions | kept & ACTIONS) <= _REFUSED:
            kept |= set(cue.features) - ACTIONS - TIMINGS
            continue
        acted = acted or bool(actions)
        kept |= set(cue.features)
    return frozenset(kept)


#: Indices that a whole document or section may be about; its scores and ranks seldom name them again.
INDICES = frozenset({"par_index", "ddci", "sipas", "papi", "pci", "dti", "score_766"})
_SCORE_PARTS = frozenset({"self_score", "verified_score", "deduction", "max_score", "social_survey", "satisfaction"})


def takes_subject(full: frozenset[str], of: FigureKind) -> bool:
    """Whether a figure is of the index that its section is about: a score, a rank or a percentage of nothing else."""
    if of == "count" or full & (INDICES | _SCORE_PARTS | {"change", "target"}):
        return False
    return of in ("score", "rank") or not full - IDLE - {"unit", "rank", "belonging", FOREIGN}


def part_of(own: frozenset[str], whole: frozenset[str]) -> bool:
    """Whether a figure may be part of another by what happened to the dossiers: "đã giải quyết …" is no part of what
    was received once a semicolon stands between them."""
    mine, theirs = own & ACTIONS, whole & ACTIONS
    if not mine or not theirs or mine & theirs:
        return True
    return bool(mine & {"new", "carried"} and theirs & {"received", "new"})


_PEOPLE = frozenset(
    [
        "người",
        "biên chế",
        "công chức",
        "viên chức",
        "cán bộ",
        "cán bộ, công chức",
        "lao động",
        "nhân viên",
        "lãnh đạo",
        "chỉ tiêu",
    ]
)
_OFFICES = frozenset(
    [
        "đơn vị",
        "cơ quan, đơn vị",
        "cơ quan",
        "phòng",
        "phòng, ban, đơn vị",
        "sở, ban, ngành",
        "xã",
        "phường",
        "huyện",
        "chi nhánh",
        "đầu mối",
    ]
)

#: Topics that a figure in people or offices may take from its context.
_OF_UNIT = {
    "of people": frozenset({"civil_servant", "public_employee", "contract", "leader", "payroll"}),
    "of offices": frozenset({"unit", "public_unit"}),
    "of papers": frozenset({"legal_doc"}),
}
#: What is done to normative documents; only then may "văn bản" take that topic from a heading.
_LAW_WORK = frozenset({"inspect", "reviewed", "proposed", "handled", "has_proposal"})


_MARKED = (("of people", _PEOPLE), ("of offices", _OFFICES), ("of papers", frozenset(["văn bản"])))


@lru_cache(maxsize=4096)
def unit_feature(unit: str | None) -> frozenset[str]:
    """The feature that a counting noun lends, FOREIGN for a noun of another kind; none for nouns that fit anything."""
    if unit is None or unit in _ANY_THING:
        return frozenset()
    named = frozenset(f for u in units() if u.name == unit for f in (u.feature or "").split())
    marks = frozenset(mark for mark, members in _MARKED if unit in members)
    return named or marks | {FOREIGN}


def complete(own: frozenset[str], context: Context) -> frozenset[str]:
    """Own features, with topic, action and deadline taken from the context where the clause leaves them open."""
    if "of papers" in own and own & _LAW_WORK:
        own -= {"unit", "public_unit"}  # who checks, not what is checked
    if {"of offices", "inspect"} <= own:
        own |= {"unit"}
    said = own - IDLE
    if "dossier" in own:
        said -= {"unit", "belonging"}  # offices beside hồ sơ are whose they are
    whole_stock = "procedure" in own and "total" in own
    if not said - {"dossier", "procedure"} and not whole_stock and "change" not in own:
        near = context.features[: context.near]
        lenders = (*near[: context.inner], *context.parallel, *near[context.inner :])
        inherited = next((f for f in lenders if f - IDLE - {"dossier", FOREIGN}), frozenset())
        if "total" in inherited:
            inherited -= {"in_period"}  # "Tổng số hồ sơ tiếp nhận trong kỳ là 900, gồm: Sở A 500 …"
        if "total" in own and inherited & {"new", "carried", "online", "in_person", "postal"}:
            inherited = (inherited - ACTIONS - CHANNELS) | {"received"}
        own |= inherited - IDLE
    if "payment" in own and not own & TOPICS:
        own |= {"dossier"}
    if FOREIGN not in own and not own & TOPICS:
        own |= context.first(_DATED) or {"dossier"} if own & TIMINGS else context.first(TOPICS)
    elif FOREIGN in own and not own & TOPICS:
        marks = (m for m in _OF_UNIT if m in own and (m != "of papers" or own & _LAW_WORK))
        own |= next((context.first(_OF_UNIT[m]) for m in marks), frozenset())
    if "in_period" in own and not own & ACTIONS:
        own |= context.first(ACTIONS) & {"received"}
    if {"task", "done"} <= own and not own & {"assigned_by_leader", "plan"}:
        own |= Context(context.features[: context.near]).first(frozenset({"assigned_by_leader", "plan"}))
    if "payroll" in own and not own & {"civil_servant", "public_employee"}:
        own |= context.first(frozenset({"civil_servant", "public_employee"}))
    if own & (STAFF | {"leader"}) and not own & (STAFFING | _STAFF_ACTS | {"contract"}):
        lent = (f for f in context.features if f & (STAFFING | _STAFF_ACTS))
        found = next((f for f in lent if own & {"payroll", "leader"} or f & ({"payroll"} | _STAFF_ACTS)), frozenset())
        found &= STAFFING | _STAFF_ACTS
        own |= found & _STAFF_ACTS or (found if own & STAFF else frozenset())
    levels = {"fullprocess", "partial"} if not own & {"procedure", "service"} else frozenset()
    if own & (TIMINGS | CHANNELS | levels) and not own & ACTIONS and not own & {"fullprocess", "partial"} - levels:
        around = (*context.features[: context.inner], *context.parallel, *context.features[context.inner :])
        action = Context(around if own & TIMINGS else context.features).first(ACTIONS)
        if "late" in own and any("in_time" in f and "resolved" not in f for f in around[: max(context.inner, 2) + 1]):
            action = frozenset({"pending"})  # "trong hạn 13 hồ sơ; quá hạn 03 hồ sơ": both still open
        if own & {"early", "on_time"} and action == {"pending"}:
            action = frozenset({"resolved"})  # what is still open is not yet on time
        if not own & TIMINGS and not Context(context.features[: context.inner]).first(ACTIONS):
            action &= {"received", "new"}  # a channel is of what came in, unless its own sentence says otherwise
        own |= action & ({"resolved", "pending"} if own & TIMINGS else {"received", "resolved", "pending", "new"})
        if own & CHANNELS and own & {"resolved", "pending"} and not own & TIMINGS:
            return own - {FOREIGN} if FOREIGN not in said else own
    return own if FOREIGN in said else own - {FOREIGN}


PROCEDURES = frozenset({"TTHC", "thủ tục"})


def procedures_as_said(full: frozenset[str], own: frozenset[str], sentence: frozenset[str]) -> frozenset[str]:
    """Features of a count of TTHC, which stands for hồ sơ only where its own sentence says what happened to them: a
    heading "Kết quả giải quyết TTHC" does not make hồ sơ of "hiện thực hiện 224 TTHC"."""
    return full if own & (TIMINGS | CHANNELS) else full - (_DOSSIER_SIGNS - sentence)


def _about_dossiers(found: frozenset[str], unit: str | None) -> bool:
    """Whether the figure counts hồ sơ, TTHC said for hồ sơ included."""
    if FOREIGN in found or found & _SERVICES:
        return False
    if "dossier" in found:
        return not found & _OTHER_THINGS
    if found & (TOPICS - {"procedure", "service", "par_index"}):
        return False
    if "procedure" in found:
        if unit in PROCEDURES and found & _DOSSIER_SIGNS == {"received"} and not found & {"past", "total"}:
            return False  # "Trung tâm tiếp nhận 254 TTHC": which procedures it serves
        return bool(found & _DOSSIER_SIGNS) and not found & _NO_DOSSIER
    return bool(found & (ACTIONS | TIMINGS))


#: Counting nouns that a figure may be given in, by the unit of its indicator; any other noun speaks against it.
_GENERIC = frozenset({"trường hợp", "kết quả", "%"})
_PAPERS = frozenset(
    [
        "văn bản",
        "VBQPPL",
        "quyết định",
        "kế hoạch",
        "nghị quyết",
        "công văn",
        "báo cáo",
        "tờ trình",
        "chỉ thị",
        "thông báo",
        "phiếu",
        "thư",
    ]
)
_FITTING: dict[str, frozenset[str]] = {
    "hồ sơ": frozenset({"hồ sơ", "đơn", "TTHC", "thủ tục", "giao dịch"}),
    "thủ tục": frozenset({"TTHC", "thủ tục", "dịch vụ công", "quy trình"}),
    "TTHC": frozenset({"TTHC", "thủ tục", "dịch vụ công"}),
    "PAKN": frozenset({"phản ánh, kiến nghị", "phản ánh", "kiến nghị", "pakn", "PAKN", "ý kiến"}),
    "phiếu": frozenset({"phiếu", "ý kiến"}),
    "văn bản": _PAPERS,
    "nhiệm vụ": frozenset({"nhiệm vụ", "nội dung, nhiệm vụ"}),
    "cơ quan": _OFFICES,
    "đơn vị": _OFFICES,
    "vấn đề": frozenset({"vấn đề", "nội dung", "tồn tại", "hạn chế", "thiếu sót"}),
    "người": _PEOPLE | {"vị trí việc làm"},
    "tin bài": frozenset({"tin bài", "bài viết", "phóng sự", "chuyên mục"}),
    "0/1 hoặc cuộc": frozenset({"cuộc", "hội nghị", "buổi", "lần", "mã"}),
}


def fits(indicator: str | None, unit: str | None) -> bool:
    """Whether a figure printed with `unit` may be of `indicator`: "04 đợt" are no procedures."""
    if indicator is None or unit is None or unit in _GENERIC:
        return True
    allowed = _FITTING.get(indicators()[indicator].unit)
    return allowed is None or unit in allowed


def choose(found: frozenset[str], of: FigureKind, unit: str | None = None) -> str | None:
    """The indicator that the features make, for a figure of kind `of` counted in `unit`; None outside the vocabulary."""
    if "change" in found and of != "count":
        return None
    if found & (INDICES - {"par_index"}):
        found -= {"par_index"}  # "Tổng điểm DDCI"
    best: Rule | None = None
    for rule in _rules_of(of):
        if not rule.all <= found or found & rule.none or (rule.any and not found & rule.any):
            continue
        if rule.topic == "dossier" and not _about_dossiers(found, unit):
            continue
        if rule.topic == "procedure" and unit not in PROCEDURES:
            continue
        if of == "count" and not fits(rule.indicator, unit):
            continue
        if best is None or len(rule.all) > len(best.all):
            best = rule
    return best.indicator if best else None


@cache
def _rules_of(of: FigureKind) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.of == of)

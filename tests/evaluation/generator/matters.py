"""What else such reports count: procedures, petitions, plans, staff, legal documents; drawn so that parts fit wholes."""

from __future__ import annotations

from random import Random

from tests.evaluation.generator.dossiers import Dossiers

# name -> (indicator, unit)
UNITS: dict[str, tuple[str | None, str]] = {
    "procedures": ("procedures_total", "TTHC"), "full": ("services_fullprocess", "TTHC"), "partial": ("services_partial", "TTHC"),
    "info": (None, "TTHC"), "proc_new": ("procedures_new", "TTHC"), "proc_amended": ("procedures_amended", "TTHC"),
    "proc_repealed": ("procedures_repealed", "TTHC"), "proc_reviewed": ("procedures_reviewed", "TTHC"),
    "petitions": ("petitions_received", "PAKN"), "petitions_done": ("petitions_resolved", "PAKN"),
    "documents": ("directing_documents", "văn bản"), "tasks": ("plan_tasks", "nhiệm vụ"), "tasks_done": ("plan_tasks_done", "nhiệm vụ"),
    "assigned": ("assigned_tasks", "nhiệm vụ"), "assigned_in_due": ("assigned_tasks_on_time", "nhiệm vụ"),
    "assigned_late": ("assigned_tasks_late", "nhiệm vụ"), "news": ("news_items", "tin bài"),
    "inspected": ("units_inspected", "cơ quan"), "issues": ("issues_found", "vấn đề"), "issues_fixed": ("issues_fixed", "vấn đề"),
    "staff": ("civil_servants_assigned", "người"), "staff_present": ("civil_servants_present", "người"),
    "contracts": ("contract_workers", "người"), "employees": ("public_employees_assigned", "người"),
    "employees_present": ("public_employees_present", "người"), "forms": ("survey_forms", "phiếu"),
    "forms_back": ("survey_forms", "phiếu"), "apologies": ("apologies", "văn bản"),
    "legal_issued": ("legal_docs_issued", "văn bản"), "legal_checked": ("legal_docs_checked", "văn bản"),
    "legal_reviewed": ("legal_docs_reviewed", "văn bản"), "legal_proposed": ("legal_docs_proposed", "văn bản"),
    "legal_handled": ("legal_docs_handled", "văn bản"), "units": ("org_units_total", "cơ quan, đơn vị"),
    "public_units": ("public_units", "cơ quan, đơn vị"), "own_full": ("autonomy_full", "đơn vị"),
    "own_recurrent": ("autonomy_recurrent", "đơn vị"), "own_partial": ("autonomy_partial", "đơn vị"),
    "own_none": ("autonomy_none", "đơn vị"), "disciplined": ("disciplined", "người"),
    "listed": (None, "quyết định"), "approved": (None, "TTHC"), "alike": (None, "hồ sơ"), "estimate": ("dossiers_received_total", "hồ sơ"),
}  # fmt: skip


def drawn(rng: Random, whole: Dossiers) -> dict[str, int]:
    """A value for every name but the last four, which a wording or a table gives."""
    full, partial, info = rng.randint(8, 90), rng.randint(5, 80), rng.randint(0, 12)
    tasks, petitions, forms, assigned = (
        rng.randint(18, 60),
        rng.randint(4, 24),
        rng.randint(80, 1200),
        rng.randint(20, 190),
    )
    staff, employees, issues, behind = rng.randint(24, 95), rng.randint(11, 140), rng.randint(2, 14), rng.randint(0, 5)
    checked, reviewed = rng.randint(4, 40), rng.randint(6, 60)
    proposed = rng.randint(1, 6)
    own = [rng.randint(0, 2), rng.randint(0, 3), rng.randint(1, 5), rng.randint(0, 3)]
    return {
        "procedures": full + partial + info, "full": full, "partial": partial, "info": info,
        "proc_new": rng.randint(0, 12), "proc_amended": rng.randint(0, 15), "proc_repealed": rng.randint(0, 9),
        "proc_reviewed": rng.randint(2, 8), "petitions": petitions, "petitions_done": petitions - rng.randint(0, petitions // 4),
        "documents": rng.randint(6, 60), "tasks": tasks, "tasks_done": rng.randint(tasks // 2, tasks),
        "assigned": assigned, "assigned_in_due": assigned - behind, "assigned_late": behind,
        "news": rng.randint(11, 160), "inspected": rng.randint(3, 9), "issues": issues,
        "issues_fixed": issues - rng.randint(0, 2), "staff": staff, "staff_present": staff - rng.randint(0, 4),
        "contracts": rng.randint(0, 9), "employees": employees, "employees_present": employees - rng.randint(0, 6),
        "forms": forms, "forms_back": forms - rng.randint(0, forms // 8), "apologies": whole.late,
        "legal_issued": rng.randint(1, 9), "legal_checked": checked, "legal_reviewed": reviewed, "legal_proposed": proposed,
        "legal_handled": rng.randint(0, proposed), "units": sum(own) + rng.randint(6, 12), "public_units": sum(own),
        "own_full": own[0], "own_recurrent": own[1], "own_partial": own[2], "own_none": own[3], "disciplined": rng.randint(0, 2),
    }  # fmt: skip

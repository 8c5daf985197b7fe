"""Scans made of text PDFs, and what recognition makes of them: `python -m tests.scans`."""

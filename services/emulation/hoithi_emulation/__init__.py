"""Emulation campaigns: criteria, self-assessment, review, ranking, nomination for awards."""

"""The question bank: read from text or Excel, checked, written again. Modules: text, excel, check."""

from .model import LEVELS, Bank, Finding, Question

__all__ = ["LEVELS", "Bank", "Finding", "Question"]

"""Every refusal is told in two languages: what is wrong, and what to do."""

import importlib
import inspect
import pkgutil
from string import Formatter

import pytest

from hoithi_exam import domain
from hoithi_exam.domain.bank.archive import _Found
from hoithi_exam.domain.bank.pictures import NotTaken
from hoithi_exam.domain.bank.xml import WrongXml
from hoithi_exam.domain.receipt import NotAReceipt
from hoithi_exam.domain.upright import NotDecoded
from hoithi_exam.service.sentences import PROBLEMS, REASONS

ANSWERED = {NotAReceipt, WrongXml, _Found, NotTaken, NotDecoded}
"""Told as the answer of POST /receipts/verify, as a finding in a file, or as another refusal."""


def refusals() -> set[type]:
    modules = [importlib.import_module(module.name) for module in pkgutil.walk_packages(domain.__path__, "hoithi_exam.domain.")]
    found = {cls for module in modules for _, cls in inspect.getmembers(module, inspect.isclass) if issubclass(cls, Exception)}
    return {cls for cls in found if cls.__module__.startswith("hoithi_exam.")}


def test_every_refusal_of_the_domain_has_its_problem():
    assert refusals() - ANSWERED == {cls for cls in PROBLEMS if cls.__module__.startswith("hoithi_exam.")}


@pytest.mark.parametrize("problem", set(PROBLEMS.values()), ids=lambda problem: problem.slug)
def test_both_languages_tell_the_same_values(problem):
    vietnamese, english = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in (problem.vi, problem.en))
    assert vietnamese == english and problem.vi != problem.en


@pytest.mark.parametrize("code", REASONS)
def test_reasons_are_told_in_both_languages(code):
    vietnamese, english = REASONS[code]
    assert vietnamese.endswith(".") and english.endswith(".")

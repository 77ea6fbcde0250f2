"""What a screen keeps of half-typed work is told on Today in words, and leads back to where it is finished."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from victimcare.app.screens import PLACES
from victimcare.overview.waiting import FORMS
from victimcare.ui import screens
from victimcare.ui.screens.case.contents import BOXES
from victimcare.ui.screens.office_box import OfficeBox

MODULES = [importlib.import_module(one.name) for one in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}.")]
OF_A_CASE = set(BOXES)
OFFICE_BOXES = {one for module in MODULES for one in vars(module).values() if isinstance(one, type) and issubclass(one, OfficeBox)}
OF_NO_CASE = {box.form for box in OFFICE_BOXES if box.form}
IN_A_SCREEN = {module.FORM for module in MODULES if isinstance(getattr(module, "FORM", None), str)}


def test_the_scan_finds_every_kind_of_box() -> None:
    assert {"arrest", "partner", "partner_change"} <= OF_NO_CASE
    assert {"new case", "activity"} <= IN_A_SCREEN


@pytest.mark.parametrize("form", sorted(OF_A_CASE | OF_NO_CASE | IN_A_SCREEN))
def test_every_form_has_words_on_today(form: str) -> None:
    assert FORMS.get(form)


@pytest.mark.parametrize("form", sorted(OF_NO_CASE | IN_A_SCREEN))
def test_every_form_of_no_case_leads_to_its_screen(form: str) -> None:
    assert f"draft.{form}" in PLACES

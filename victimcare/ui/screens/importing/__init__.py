"""Import: a register's files in three steps. `register.py` and `corrections.py` know no Qt."""

from victimcare.ui.screens.importing.screen import ImportScreen

__all__ = ["ImportScreen"]

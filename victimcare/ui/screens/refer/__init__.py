"""Refer a person to a partner: whom, on what consent, exactly what goes, and the very text beside it."""

from victimcare.ui.screens.refer.screen import ReferScreen

__all__ = ["ReferScreen"]

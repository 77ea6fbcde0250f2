"""Summaries: numbers that may leave, and nothing else."""

from victimcare.ui.screens.summaries.screen import SummariesScreen

__all__ = ["SummariesScreen"]

"""Summaries: numbers that may leave, and nothing else. `screen.SummariesScreen` is the screen."""

"""Import: a register's files in three steps. `screen.ImportScreen` is the screen; `register.py` and `corrections.py` know no Qt."""

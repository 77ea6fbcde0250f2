"""The same actions without a window: each command opens a vault, does one thing, and says what it did."""

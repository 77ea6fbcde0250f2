"""The example: a vault of made-up people, and one case of it worked as an officer would."""

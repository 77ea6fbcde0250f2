"""victimcare: staying in touch with people who were trafficked or enslaved."""

__version__ = "0.1.0"

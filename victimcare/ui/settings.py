"""What this machine remembers for the program: one table of settings, kept in one small JSON file. Never anything about a person."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

MOST_RECENT_VAULTS = 8


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: `kind` is the JSON type of the value; a stored value of another type counts as not set."""

    name: str
    kind: type
    default: Any
    description: str


SETTINGS = (
    Setting("theme", str, "system", "Colours: system, light or dark."),
    Setting("zoom", int, 100, "Size of text and controls, in per cent, 80 to 200."),
    Setting("idle_minutes", int, 10, "Minutes without a key or a click after which the vault locks, 1 to 60."),
    Setting("recent_vaults_kept", bool, True, "Whether vaults opened here are offered again when unlocking."),
    Setting("recent_vaults", list, [], "Vaults opened here, newest first: name and folder, nothing else."),
    Setting("newest_audit", dict, {}, "For each vault id the newest audit hash and epoch seen here, so that a rolled-back vault shows."),
    Setting("window_place", str, "", "Where the window was, as Qt writes it, in base64."),
    Setting("columns", dict, {}, "For each vault id and table: order, widths, sorting and hidden columns."),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Settings:
    """Reads and writes the settings. `folder` is where the file lies: the platform's place for configuration unless given."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or user_config_path("victimcare", appauthor=False)) / "settings.json"
        self._values = self._read()

    def __getitem__(self, name: str) -> Any:
        """The value of a setting. Raises KeyError for a name that is not in the table."""
        setting = _BY_NAME[name]
        value = self._values.get(name, setting.default)
        return value if type(value) is setting.kind else setting.default

    def __setitem__(self, name: str, value: Any) -> None:
        """Keep a value, at once. Raises KeyError for an unknown name, TypeError for a value of the wrong type."""
        setting = _BY_NAME[name]
        if type(value) is not setting.kind:
            raise TypeError(f"{name} takes {setting.kind.__name__}")
        if self[name] != value:
            self._values[name] = value
            self._write()

    def recent_vaults(self) -> list[tuple[str, str]]:
        """Name and folder of each vault opened here, newest first."""
        return [(one["name"], one["folder"]) for one in self["recent_vaults"] if isinstance(one, dict) and {"name", "folder"} <= one.keys()]

    def remember_vault(self, name: str, folder: str) -> None:
        """Put a vault first among the recent ones, unless the person switched that off."""
        if self["recent_vaults_kept"]:
            others = [one for one in self.recent_vaults() if one[1] != folder]
            newest = [(name, folder), *others][:MOST_RECENT_VAULTS]
            self["recent_vaults"] = [{"name": one, "folder": where} for one, where in newest]

    def forget_vaults(self) -> None:
        """Empty the list of recent vaults and keep none from now on."""
        self["recent_vaults"] = []
        self["recent_vaults_kept"] = False

    def columns_of(self, vault_id: str, table: str) -> dict[str, Any]:
        """How a table was left in this vault; empty when it never was."""
        found = self["columns"].get(vault_id, {})
        found = found.get(table, {}) if isinstance(found, dict) else {}
        return found if isinstance(found, dict) else {}

    def keep_columns(self, vault_id: str, table: str, state: dict[str, Any]) -> None:
        """Remember how a table was left in this vault."""
        ours = {name: dict(tables) for name, tables in self["columns"].items()}
        ours.setdefault(vault_id, {})[table] = state
        self["columns"] = ours

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_bytes())
        except (OSError, ValueError):  # no file yet, or one that was damaged: the defaults hold
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self) -> None:
        """Write the file whole or not at all. A place that cannot be written keeps the settings until the program ends."""
        beside = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self._values, indent=1, ensure_ascii=False), encoding="utf-8")
            os.replace(beside, self._path)
        except OSError:
            return

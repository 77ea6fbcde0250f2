"""What stands in a layout, without asking the layout for its items.

`itemAt` makes a Python object of an item that lives as long as the layout's own. Where Qt drops the item itself, because its widget
goes or its row is removed, that object stays in PySide's list of what lies where; the next widget that comes to lie there ends the
process when it goes. A layout is emptied by `takeAt`, which hands the item over.
"""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget


def in_layout(layout: QLayout) -> list[QWidget | QLayout]:
    """The widgets and layouts in `layout`, in its order; nothing while it stands in no widget."""
    parent = layout.parentWidget()
    if parent is None:
        return []
    candidates = [one for one in (*parent.children(), *layout.children()) if isinstance(one, QWidget | QLayout)]
    by_place = {layout.indexOf(one): one for one in candidates}
    return [by_place[place] for place in sorted(by_place) if place >= 0]

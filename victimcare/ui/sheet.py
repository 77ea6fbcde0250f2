"""The style sheet, with `@role` where a colour of the palette goes and px and pt at 100 %. Filled in by `style`."""

SHEET = """
QPushButton, QComboBox, QLineEdit, QPlainTextEdit { border: 1px solid @line; border-radius: 4px; background: @panel; color: @text; selection-background-color: @accent; selection-color: @on_accent; placeholder-text-color: @muted; }
QPushButton, QComboBox, QLineEdit { min-height: 30px; padding: 0 8px; }
QPushButton { padding: 0 12px; }
QPlainTextEdit { padding: 3px 6px; }
QPushButton[small="true"], QComboBox[small="true"], QLineEdit[small="true"] { min-height: 26px; }
QPushButton[left="true"] { text-align: left; }
QPushButton:hover { background: @raised; } QPushButton:pressed { background: @selection; }
QPushButton[kind="primary"] { background: @accent; border-color: @accent; color: @on_accent; font-weight: 600; padding: 0 20px; }
QPushButton[kind="primary"]:disabled { background: @raised; border-color: @line; color: @muted; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; }
QPushButton[kind="card"] { min-height: 0; border: 0; padding: 0; background: transparent; }
QPushButton[kind="flat"]:hover { background: @selection; }
QPushButton[kind="link"] { background: transparent; border: 2px solid transparent; color: @accent; text-decoration: underline; padding: 0 1px; min-height: 20px; }
QPushButton:focus, QComboBox:focus, QLineEdit:focus { border: 2px solid @focus; padding: 0 7px; }
QPlainTextEdit:focus { border: 2px solid @focus; padding: 2px 5px; }
QPushButton:focus { padding: 0 11px; }
QPushButton[kind="primary"]:focus { border: 2px solid @focus; padding: 0 19px; }
QPushButton[kind="link"]:focus { border: 2px solid @focus; padding: 0 1px; }
QLineEdit[invalid="true"], QComboBox[invalid="true"] { border: 2px solid @caution; padding: 0 7px; }
QLineEdit[echoMode="2"] { letter-spacing: 2px; }
QLineEdit[readOnly="true"] { background: @raised; }
QComboBox::drop-down { border: 0; width: 24px; } QComboBox::down-arrow { image: url(@image_down); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @line; outline: 0; padding: 4px; selection-background-color: @selection; selection-color: @text; }
QAbstractItemView#finder { background: @panel; border: 1px solid @line; outline: 0; padding: 4px; selection-background-color: @selection; selection-color: @text; }

QToolButton { border: 2px solid transparent; border-radius: 4px; padding: 3px 6px; background: transparent; color: @text; }
QToolButton:hover { background: @selection; } QToolButton:disabled { color: @muted; }
QToolButton:focus { border-color: @focus; }
QToolButton::menu-indicator { image: none; } QToolButton[popupMode="2"]::menu-indicator { image: url(@image_down); width: 12px; height: 12px; subcontrol-origin: padding; subcontrol-position: right center; right: 4px; }
QToolButton[framed="true"] { border: 1px solid @line; background: @panel; padding: 4px 7px; }
QToolButton[framed="true"]:focus { border: 2px solid @focus; padding: 3px 6px; }
QToolButton[seg] { border: 1px solid @line; border-right: 0; border-radius: 0; padding: 0 12px; min-height: 26px; background: @panel; }
QToolButton[seg="first"] { border-top-left-radius: 4px; border-bottom-left-radius: 4px; }
QToolButton[seg="last"] { border-right: 1px solid @line; border-top-right-radius: 4px; border-bottom-right-radius: 4px; }
QToolButton[seg="only"] { border: 1px solid @line; border-radius: 4px; }
QToolButton[seg]:checked { background: @selection; font-weight: 600; }
QToolButton[seg]:focus { border: 2px solid @focus; padding: 0 11px; min-height: 24px; }
QToolButton[rail] { border: 0; border-left: 3px solid transparent; border-radius: 4px; text-align: left; padding: 0 0 0 8px; }
QToolButton[rail]:hover { background: @selection; }
QToolButton[rail]:checked { background: @selection; border-left: 3px solid @accent; border-top-left-radius: 0; border-bottom-left-radius: 0; font-weight: 600; }
QToolButton[rail]:focus { border: 2px solid @focus; padding: 0 0 0 9px; border-radius: 4px; }
QToolButton[rail]:checked:focus { border: 2px solid @focus; border-left: 3px solid @accent; padding: 0 0 0 8px; }

QCheckBox, QRadioButton { border: 2px solid transparent; border-radius: 4px; padding: 1px 2px; spacing: 8px; }
QCheckBox:focus, QRadioButton:focus { border-color: @focus; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid @line; border-radius: 3px; background: @panel; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(@image_check); }
QRadioButton::indicator:checked { border-color: @accent; image: url(@image_dot); }

QFrame[ground="panel"] { background: @panel; } QFrame[ground="window"] { background: @window; } QFrame[ground="raised"] { background: @raised; }
QFrame[edge="left"] { border: 0; border-left: 1px solid @line; } QFrame[edge="right"] { border: 0; border-right: 1px solid @line; }
QFrame[edge="top"] { border: 0; border-top: 1px solid @line; } QFrame[edge="bottom"] { border: 0; border-bottom: 1px solid @line; }
QFrame#safe { background: @panel; border: 1px solid @line; border-left: 4px solid @safe; border-radius: 4px; }
QFrame#safe[state="caution"] { border-left: 4px solid @caution; }
QFrame#box { background: @raised; border: 1px solid @accent; border-radius: 4px; }
QFrame#box QComboBox, QFrame#box QLineEdit { min-height: 26px; }
QFrame#paper { background: @panel; border: 1px solid @line; }
QFrame#message { background: @raised; border: 1px solid @line; border-radius: 4px; }
QFrame#hits { background: @panel; border: 1px solid @line; border-radius: 4px; }
QDialog, QMainWindow { background: @window; } QDialog[ground="panel"], QWidget#unlock { background: @panel; }
QComboBox QLineEdit#combo { border: 0; min-height: 0; padding: 0; background: transparent; }
QScrollArea { background: transparent; border: 0; } QScrollArea > QWidget > QWidget#column { background: transparent; }

QLabel[role="title"] { font-size: 18pt; font-weight: 600; } QLabel[role="section"] { font-size: 13pt; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; } QLabel[role="muted"] { color: @muted; }
QLabel[role="small"] { font-size: 9pt; color: @muted; } QLabel[role="words"] { font-size: 13pt; }
QLabel[tone="late"] { color: @late; } QLabel[tone="now"] { color: @now; } QLabel[tone="caution"] { color: @caution; }
QLabel[tone="info"] { color: @info; } QLabel[tone="safe"] { color: @safe; } QLabel[tone="accent"] { color: @accent; }
QLabel:focus { border: 2px solid @focus; border-radius: 4px; }

QTableView, QListView, QTextBrowser, QTextEdit { background: @panel; border: 0; outline: 0; selection-background-color: @selection; selection-color: @text; }
QTableView::item { padding: 0 5px; }
QListView:focus, QTextBrowser:focus { border: 2px solid @focus; }
QHeaderView { background: @panel; border: 0; }
QHeaderView::section { background: @panel; color: @muted; border: 0; border-bottom: 1px solid @line; padding: 0 8px; min-height: 27px; font-size: 9pt; font-weight: 600; }
QHeaderView::up-arrow { image: url(@image_sort-up); width: 11px; height: 11px; } QHeaderView::down-arrow { image: url(@image_sort-down); width: 11px; height: 11px; }
QScrollBar:vertical { width: 10px; background: transparent; border: 0; } QScrollBar:horizontal { height: 10px; background: transparent; border: 0; }
QScrollBar::handle { background: @line; border-radius: 3px; margin: 2px; } QScrollBar::handle:vertical { min-height: 28px; } QScrollBar::handle:horizontal { min-width: 28px; }
QAbstractScrollArea::corner { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; } QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { border: 1px solid @line; border-radius: 3px; background: @panel; max-height: 6px; min-height: 6px; } QProgressBar::chunk { background: @accent; }
QMenu { background: @panel; border: 1px solid @line; padding: 4px; } QMenu::item { padding: 6px 24px 6px 12px; border-radius: 3px; }
QMenu::item:selected { background: @selection; color: @text; } QMenu::item:disabled { color: @muted; } QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenu::indicator { width: 14px; height: 14px; border: 1px solid @line; border-radius: 3px; margin-left: 6px; } QMenu::indicator:checked { background: @accent; image: url(@image_check); }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 4px 8px; }
"""

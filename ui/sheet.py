"""What Qt's own controls wear: a style sheet into which the theme writes its colours and sizes.

A control that says nothing of itself is given the common look. A button says more of itself by a
property that `theme` sets: `primary` is the one that is most likely meant, `kind` is `plain` for
one among many in a bar, or `danger` for what can't be undone.

Heights are those of the inside: with a border of one pixel, or of two where the focus is, a button
and a field stay `touch` pixels tall, and nothing moves when the focus comes.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_SHEET = Template("""
QDialog { border: 1px solid $edge; }

QPushButton, QToolButton {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: ${radius}px;
    padding: 0 ${pad}px; min-height: ${inside}px; font-size: ${body}px; font-weight: 600;
}
QPushButton:hover, QToolButton:hover { background: $hover; border-color: $rim; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: $pressed; }
QPushButton:focus, QToolButton:focus {
    border: 2px solid $accent; padding: 0 ${pad_focus}px; min-height: ${inside_focus}px;
}
QPushButton:disabled, QToolButton:disabled {
    color: $quiet; background: transparent; font-weight: 400;
}
QPushButton[primary="true"] { background: $accent; color: $accent_ink; border-color: $accent; }
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:pressed { background: $accent_pressed; }
QPushButton[primary="true"]:focus { border-color: $text; }
QPushButton[primary="true"]:disabled {
    background: $pressed; color: $quiet_ink; border-color: $pressed;
}
QPushButton[kind="plain"] { background: transparent; border-color: transparent; }
QPushButton[kind="plain"]:hover { background: $hover; }
QPushButton[kind="plain"]:pressed, QPushButton[kind="plain"]:checked { background: $pressed; }
QPushButton[kind="plain"]:focus { border-color: $accent; }
QPushButton[kind="danger"] { color: $danger; border-color: $danger; }
QPushButton[kind="danger"]:hover { background: $fail; color: $fail_ink; border-color: $fail; }
QPushButton[kind="danger"]:focus { border-color: $danger; }
QPushButton[kind="danger"]:disabled { color: $quiet; border-color: $edge; background: transparent; }

QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit {
    background: $surface; color: $text; border: 1px solid $rim; border-radius: ${radius}px;
    selection-background-color: $accent; selection-color: $accent_ink;
}
QLineEdit, QComboBox, QAbstractSpinBox {
    padding: 0 ${field_pad}px; min-height: ${inside}px; font-size: ${strong}px;
}
QLineEdit { placeholder-text-color: $quiet; }
QPlainTextEdit, QTextEdit { padding: ${grid}px; font-size: ${strong}px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $accent; padding: 0 ${field_pad_focus}px; min-height: ${inside_focus}px;
}
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: ${grid_focus}px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled {
    color: $quiet; background: transparent; border-color: $edge;
}
QLineEdit QToolButton { min-height: 0; min-width: 0; padding: 0; border: 0; background: transparent; }
QLineEdit:read-only { background: $window; border-color: $edge; }
QAbstractSpinBox { min-height: ${number_inside}px; }
QAbstractSpinBox:focus { min-height: ${number_inside_focus}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: 0; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    border: 0; padding: 0; min-height: 0; background: transparent;
}
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: ${touch}px; }
QComboBox::down-arrow, QDateEdit::down-arrow {
    width: 0; height: 0; border-left: 6px solid $surface; border-right: 6px solid $surface;
    border-top: 7px solid $text;
}
QComboBox QAbstractItemView { border: 1px solid $rim; padding: ${half}px; }

QListView, QTableView, QTreeView {
    background: $surface; color: $text; border: 1px solid $edge; border-radius: ${radius}px;
    font-size: ${body}px; outline: 0; gridline-color: $edge;
    selection-background-color: $accent; selection-color: $accent_ink;
}
QListView { padding: ${half}px; }
QListView:focus, QTableView:focus, QTreeView:focus { border: 2px solid $accent; }
QListView:focus { padding: ${half_focus}px; }
QListView::item {
    padding: ${grid}px; border-radius: ${small_radius}px; min-height: ${row_inside}px;
}
QListView::item:hover { background: $hover; }
QListView::item:selected { background: $accent; color: $accent_ink; }
QTableView::item { padding: 0 ${grid}px; border: 0; }
QTableView::item:selected { background: $accent; color: $accent_ink; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section {
    background: $surface; color: $quiet; border: 0; border-bottom: 1px solid $edge;
    padding: 0 ${grid}px; min-height: ${row}px; font-size: ${caption}px; font-weight: 600;
}
QTableCornerButton::section { background: $surface; border: 0; }

QTabWidget::pane { border: 0; border-top: 1px solid $edge; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
    color: $quiet; padding: 0 ${pad}px; min-height: ${tab_inside}px; font-size: ${body}px;
    font-weight: 600;
    border: 0; border-bottom: 3px solid transparent;
}
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { background: $pressed; }

QCheckBox, QRadioButton { spacing: ${field_pad}px; min-height: ${touch}px; font-size: ${body}px; }
QCheckBox::indicator, QRadioButton::indicator { width: ${box}px; height: ${box}px; }

QScrollArea { background: transparent; border: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: ${bar}px; margin: 0; }
QScrollBar:horizontal { height: ${bar}px; margin: 0; }
QScrollBar::handle { background: $rim; border-radius: 4px; margin: 4px; }
QScrollBar::handle:vertical { min-height: ${touch}px; }
QScrollBar::handle:horizontal { min-width: ${touch}px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar {
    background: $trough; border: 0; border-radius: ${half}px; max-height: ${grid}px;
    min-height: ${grid}px; color: transparent;
}
QProgressBar::chunk { background: $accent; border-radius: ${half}px; }

QMenu {
    background: $surface; border: 1px solid $rim; padding: ${half}px; font-size: ${body}px;
}
QMenu::item { padding: ${field_pad}px ${pad}px; border-radius: ${small_radius}px; }
QMenu::item:selected { background: $accent; color: $accent_ink; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $edge; margin: ${half}px; }
QToolTip {
    background: $text; color: $window; border: 1px solid $text; padding: ${half}px ${grid}px;
    font-size: ${caption}px;
}
""")


def written(values: Mapping[str, object]) -> str:
    """Return the sheet with every colour and size in it.

    Raises:
        KeyError: when the sheet asks for one that `values` does not have.

    """
    return _SHEET.substitute(values)

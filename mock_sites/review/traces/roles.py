"""The accessibility roles of elements (HTML-AAM, as far as a comparison needs it)."""

from collections.abc import Mapping
from typing import Final

HIDDEN: Final = {"HEAD", "SCRIPT", "STYLE", "NOSCRIPT", "META", "LINK", "BASE", "TITLE"}

ROLES: Final = {
    "ARTICLE": "article",
    "ASIDE": "complementary",
    "BLOCKQUOTE": "blockquote",
    "BUTTON": "button",
    "CODE": "code",
    "DD": "definition",
    "DETAILS": "group",
    "DIALOG": "dialog",
    "DT": "term",
    "EM": "emphasis",
    "FIELDSET": "group",
    "FIGURE": "figure",
    "FOOTER": "contentinfo",
    "FORM": "form",
    "HEADER": "banner",
    **{f"H{level}": "heading" for level in range(1, 7)},
    "HR": "separator",
    "IFRAME": "iframe",
    "FRAME": "iframe",
    "IMG": "img",
    "LI": "listitem",
    "MAIN": "main",
    "MENU": "list",
    "METER": "meter",
    "NAV": "navigation",
    "OL": "list",
    "OPTGROUP": "group",
    "OPTION": "option",
    "OUTPUT": "status",
    "P": "paragraph",
    "PROGRESS": "progressbar",
    "SEARCH": "search",
    "STRONG": "strong",
    "TABLE": "table",
    "TBODY": "rowgroup",
    "TD": "cell",
    "TEXTAREA": "textbox",
    "TFOOT": "rowgroup",
    "TH": "columnheader",
    "THEAD": "rowgroup",
    "TR": "row",
    "UL": "list",
}

INPUTS: Final = {
    "button": "button",
    "checkbox": "checkbox",
    "image": "button",
    "number": "spinbutton",
    "radio": "radio",
    "range": "slider",
    "reset": "button",
    "search": "searchbox",
    "submit": "button",
}
"""Roles of inputs by their type; the others are fields for text."""

LABELLED: Final = {"INPUT", "METER", "OUTPUT", "PROGRESS", "SELECT", "TEXTAREA"}
"""The elements that get their name from a label around them."""

NAMED_BY_CONTENT: Final = {
    "button",
    "cell",
    "checkbox",
    "columnheader",
    "heading",
    "link",
    "menuitem",
    "option",
    "radio",
    "row",
    "rowheader",
    "switch",
    "tab",
}

_ARIA_STATES: Final = ("checked", "disabled", "expanded", "pressed", "selected")


def role_of(tag: str, attributes: Mapping[str, str]) -> str | None:
    """The role of an element. None: it has none, and only its content counts."""
    if given := attributes.get("role", "").split():
        return None if given[0] in {"none", "presentation", "generic"} else given[0]
    match tag:
        case "A":
            return "link" if "href" in attributes else None
        case "INPUT":
            return INPUTS.get(attributes.get("type", "text"), "textbox")
        case "SELECT":
            return "listbox" if "multiple" in attributes else "combobox"
        case "SECTION":
            return "region" if {"aria-label", "aria-labelledby"} & attributes.keys() else None
        case _:
            return ROLES.get(tag)


def states_of(tag: str, role: str, attributes: Mapping[str, str]) -> list[str]:
    """The states of an element, in the form of a tree."""
    states: list[str] = []
    for name in _ARIA_STATES:
        kept = attributes.get(f"__playwright_{name}_", attributes.get(f"aria-{name}", ""))
        if kept == "true" or (name == "disabled" and name in attributes):
            states.append(name)
        elif kept == "mixed":
            states.append(f"{name}=mixed")
    if role == "heading":
        states.append(f"level={attributes.get('aria-level') or tag[1:] or 2}")
    return states

"""How the two consoles split a line into words. From general knowledge of both."""

from __future__ import annotations

import re

_ESP_WORD = re.compile(r'"((?:\\.|[^"\\])*)"|((?:\\.|[^\s"\\])+)')
_ESP_ESCAPED = re.compile(r'\\(["\\ ])')
_ZEPHYR_PIECE = re.compile(r"(\s+)|\\x([0-9a-fA-F]{2})|\\(.)|(['\"])|(.)")


def esp_words(line: str) -> list[str]:
    r"""Split a line as ESP-IDF's console does: double quotes, and `\` before quote, `\` or blank."""
    words = [match[1] if match[1] is not None else match[2] for match in _ESP_WORD.finditer(line)]
    return [_ESP_ESCAPED.sub(r"\1", word) for word in words]


def zephyr_words(line: str) -> list[str]:
    r"""Split a line as Zephyr's shell does, which reads `\xhh` and `\'` within quotes too.

    Raises:
        ValueError: a quote is left open; the text is the shell's.

    """
    words, quote, is_inside = [""], "", False
    for blank, code, escaped, mark, other in _ZEPHYR_PIECE.findall(line):
        if blank and not quote:
            words += [""] if is_inside else []
            is_inside = False
            continue
        is_inside = True
        if mark and mark == quote:
            quote = ""
        elif mark and not quote:
            quote = mark
        else:
            words[-1] += chr(int(code, 16)) if code else blank + escaped + mark + other
    if quote:
        raise ValueError(f"not terminated: {quote}")
    return words if is_inside else words[:-1]

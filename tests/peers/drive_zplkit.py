"""Draws labels with zplkit, a renderer that is not ours. Run by the tests in an environment of its own."""

import base64
import json
import sys

import zplkit


def main() -> None:
    """Read a list of ZPL (base64) and write, for each, its labels as PNG (base64)."""
    options = zplkit.Options(profile="specification")
    drawn = []
    for each in json.loads(sys.stdin.readline()):
        made = zplkit.render(base64.b64decode(each), options)
        drawn.append([base64.b64encode(label.png()).decode() for label in made.labels])
    json.dump(drawn, sys.stdout)


if __name__ == "__main__":
    main()

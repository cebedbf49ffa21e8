"""Serves the gallery until it is stopped: `python -m tests.browser.gallery PORT`."""

import sys

from tests.browser.gallery.serve import serve

if __name__ == "__main__":
    serve(int(sys.argv[1]) if len(sys.argv) > 1 else 8120)

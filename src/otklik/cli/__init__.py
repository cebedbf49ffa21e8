"""The command line: a thin door. Each module adds its own parser; `main.py` joins them."""

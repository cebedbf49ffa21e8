"""The program as an application of the desktop or phone: its manifest, its worker, the page without a connection.

The worker keeps static files and that one page. Pages with people's data are never kept:
see `templates/install/worker.js`.
"""

"""Live changes: one stream of server-sent events a browser, one watcher a process.

- `hub.py`: the watcher looks twice a second what was sealed, and tells the streams; it alone holds a connection;
- `stream.py`: what one browser is told, and how it goes on after a break (`Last-Event-ID`);
- `views.py`: the door.

See docs/decisions/0015-live-updates.md.
"""

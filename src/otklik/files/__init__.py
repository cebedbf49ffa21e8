"""Attachments: photos, videos and scanned acts, kept once an organisation, shown only to those who may see them.

A map of the room:

- `blobs.py`: bytes on disk under their own SHA-256: `files/<organisation>/<first two>/<hash>`;
- `kinds.py`: what a file really is, by its content, and which kinds are taken;
- `pictures.py`: the safe copy of a picture: decoded and encoded anew, so that place, camera and tricks stay behind;
- `names.py`: file names that can do no harm;
- `models.py`: a record for each upload, and what it is used for;
- `actions.py`: store, attach, sweep; `access.py`: who may see a file: asked of the object it is attached to;
- `hooks.py`: other apps that keep bytes among the blobs for a while (uploads that wait for their import);
- `serving.py`: the answer a view gives for a file.

Bytes first, rows second: a blob without a record is an orphan that the sweeper takes after a day, never the reverse.
"""

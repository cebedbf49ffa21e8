"""Search in Russian word forms: one document an incident, the same hits on both databases.

A map of the room:

- `stems.py`: text to words with their places, words to stems; pure;
- `query.py`: what a person typed, as terms, and as either database's expression; pure;
- `snippets.py`: where in a document the terms stand, for the screen; pure;
- `models.py`: the documents: their parts as people read them, their stems as one column;
- `actions.py`: putting documents, within the transaction of the change that altered them;
- `queries.py`: narrowing a queryset to what a query finds.

The index is the database's own (FTS5, GIN); triggers keep it with the documents. See
docs/decisions/0014-search.md.
"""

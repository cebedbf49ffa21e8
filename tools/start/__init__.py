"""The launcher behind `./run`: standard library only, Python 3.11+, nothing of ours installed.

Map, in the order in which a cold start passes through it:

- ``main``         commands and their arguments; every trouble ends here as a sentence and code 2
- ``words``        what the launcher says, in Russian and English
- ``places``       which folders are used: environment, tools, data
- ``ports``        is the port free, and if not, who is there
- ``settings``     what the machine says about package indexes, proxies and certificates
- ``lockfile``     what uv.lock pins: versions, addresses, sha256
- ``tags``         which of a package's wheels fits this machine
- ``fetch``        downloads: TLS, proxies, passwords, sha256
- ``uv``           finds or fetches uv, runs it, turns its complaints into ours
- ``environment``  brings .venv in line with uv.lock; the stamp that makes the second start quick
- ``bundle``       the folder that ``--offline`` reads
- ``postgres``     a PostgreSQL server for one test run
- ``commands``     run, test, check, reset

Modules import only those above them in a start's order of need; ``main`` alone knows them all.
"""

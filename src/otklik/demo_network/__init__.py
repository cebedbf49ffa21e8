"""The demo network: a tiny social network inside the program, where anyone posts as a citizen. Demo installations only.

To the desk it is a platform like any other: it delivers posts to the channel's inbox, and takes replies over HTTP
(`transport.py` answers instead of a socket). It can be told to misbehave, as real platforms do.
"""

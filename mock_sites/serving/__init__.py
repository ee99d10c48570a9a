"""The server: sockets, threads, the app that hands a request to its world and site, and ``mock-sites serve``."""

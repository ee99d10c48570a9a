"""The server: sockets, threads, the app that passes a request to its world and site, and ``mock-sites serve``."""

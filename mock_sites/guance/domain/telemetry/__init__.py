"""What a workspace collects: hosts and their metrics, logs, page views and events.

Everything is computed when it is read, from the world's seed. The only rows are the hosts that have reported.
"""

"""Signing in, real-name authentication, the console and My Credentials."""

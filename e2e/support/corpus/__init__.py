"""Small sites that behave as public ones do, and single changes of them: what a review must find, and what it must not.

Test data: nothing but tests and ``journeys catalogue`` imports it.
"""

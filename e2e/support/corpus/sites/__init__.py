"""The sites, one module each: its pages, a visit of them with plain Playwright, and its single changes."""

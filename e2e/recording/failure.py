"""Describes where a recorded journey stopped."""

import json
import shlex
from pathlib import Path


def describe_failure(manifest: Path) -> str:
    """The failed step, its clauses, its page and the command that shows the trace, or the recording's folder."""
    recording = json.loads(manifest.read_text(encoding="utf-8"))
    failed = next((step for step in recording["steps"] if step["error"]), None)
    if failed is None:
        return f"No step failed; the journey is recorded in {manifest.parent}"
    lines = [f"Step {failed['number']} failed: {failed['title'][recording['language']]}"]
    if failed["clauses"]:
        lines.append(f"It shows: {', '.join(failed['clauses'])}")
    lines.append(f"The {failed['actor']} was at {failed['url'] or 'no page'}")
    if trace := recording["actors"].get(failed["actor"]):
        # With a port, any browser shows it; without one, only Playwright's own.
        command = [".venv/bin/playwright", "show-trace", str(manifest.parent / trace), "--port", "0"]
        lines.append(f"See it: {shlex.join(command)}")
    return "\n".join(lines)

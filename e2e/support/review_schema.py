"""Writes the schema of a result as JSON: ``python -m e2e.support.review_schema``."""

import json
from pathlib import Path
from typing import Final

from mock_sites.review.formats.data import ReportedReview

SCHEMA: Final = Path(__file__).parents[2] / "docs" / "review.schema.json"


def write_schema() -> str:
    """The JSON schema."""
    schema = ReportedReview.model_json_schema(mode="serialization")
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(write_schema(), encoding="utf-8", newline="\n")

"""Strategies for fuzz tests: difficult texts in JSON, in addresses and in headers.

The variable ``FUZZ_EXAMPLES`` sets the number of their examples; the default is 30 a test.
"""

import os
from typing import Any, Final

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

repeatable: Final = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
"""Of all tests, by default: the same examples each time, however long one takes on a busy machine."""

steady: Final = settings(
    repeatable,
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "30")),
    phases=(Phase.explicit, Phase.generate),  # failures are reported as found: shrinking takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

ODD: Final = (
    "",
    " ",
    "\0",
    "\ud800",
    "a\udfffb",
    "\u202egpj.exe",
    "\u2028",
    "\x1b[31m\x07",
    "\r\nX: y",
    "<script>alert(1)</script>",
    "{0} %s %(x)s {{7*7}}",
    "'; DROP TABLE accounts; --",
    "../../etc/passwd",
    "-1",
    "0",
    "1e999",
    "9" * 400,
    "9" * 5000,
    "١٢",
    "NaN",
    "🚀" * 40,
    "x" * 300,
)

texts: Final[SearchStrategy[str]] = st.one_of(
    st.sampled_from(ODD), st.text(st.characters(exclude_categories=()), max_size=30)
)

# The form of a lone surrogate in a header or an address, which are bytes.
byte_texts: Final = st.one_of(
    st.sampled_from(ODD).map(lambda text: text.encode(errors="surrogatepass").decode("latin-1")),
    st.text(st.characters(max_codepoint=255), max_size=30),
)

json_values: Final[SearchStrategy[Any]] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.just(10**400), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=8,
)

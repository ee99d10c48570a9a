"""Load: journeys replayed over HTTP without a browser, by more and more users at once."""

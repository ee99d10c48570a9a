"""The help center: what buyers read about the marketplace."""

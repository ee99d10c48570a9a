"""The commands that review recordings and traces, and make baselines; what they do is in ``mock_sites.review``."""

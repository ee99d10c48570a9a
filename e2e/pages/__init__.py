"""The pages of the sites: what is on them and what people do there. What must be true stands in journeys and tests."""

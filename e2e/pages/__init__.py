"""The pages of the sites: what is on them and what people do there. Checks belong in journeys and tests."""

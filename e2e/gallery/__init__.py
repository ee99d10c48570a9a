"""Pictures of every page in every state, to be looked at: ``journeys gallery``."""

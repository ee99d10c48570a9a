"""The pages of the workspace."""

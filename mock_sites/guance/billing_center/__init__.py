"""The pages of the billing center."""

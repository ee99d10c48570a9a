"""The billing center."""

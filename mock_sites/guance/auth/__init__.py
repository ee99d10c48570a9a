"""Registration and sign-in, per site."""

"""Registration and sign-in pages. Each regional site has its own."""

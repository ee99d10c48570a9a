"""The usual mistakes of sellers: one catalogue for the conformance run and the Seller Center, and how each is found."""

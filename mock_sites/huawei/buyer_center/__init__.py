"""Purchased services, orders and partner services."""

"""The petition for an order to pay: commercial court, judicial court or judge of protection; contract or bill."""

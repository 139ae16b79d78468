"""The web pages of the office: they show what the services give and decide nothing."""

"""Who works here: tenants (cabinets), users and their memberships."""

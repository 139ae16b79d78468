"""The petition that both parties bring together (CPC 57, 750, 854): what each claims, what they dispute."""

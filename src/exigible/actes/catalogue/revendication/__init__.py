"""Goods sold under retention of title claimed back in an insolvency (C. com. L624-16)."""

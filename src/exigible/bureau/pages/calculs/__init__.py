"""The public calculators: the law of `exigible.droit` as pages without an account, shared by their address.

One module a calculator: a form whose fields are the options of `exigible calcul`, and what it answers. No database.
"""

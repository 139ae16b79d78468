"""The forfeiture of the term of a plan, pronounced in writing once its notice ran in vain: all is due at once."""

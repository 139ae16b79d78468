"""A file handed over to a collection agency, under the written agreement that the law wants."""

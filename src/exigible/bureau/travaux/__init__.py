"""Work to do as rows: a state, a lease, attempts; a worker takes what is due."""

"""Documents: one folder an act, with its template, its plain-data context, the mentions it must carry, its checks."""

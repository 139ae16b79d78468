"""The thank-you: everything is paid, and the account says so."""

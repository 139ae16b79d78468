"""The courteous messages before any formal notice: note before the due date, reminder, script of a call."""

"""The list of exhibits, alone: for a court, an adversary or an officer."""

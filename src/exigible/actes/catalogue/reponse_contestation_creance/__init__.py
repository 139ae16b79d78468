"""The answer to the agent who disputes a declared claim (C. com. L622-27)."""

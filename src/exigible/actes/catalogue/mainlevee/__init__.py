"""The instruction to release what was seized: the measure, the third party, the day, in whole or in part, why."""

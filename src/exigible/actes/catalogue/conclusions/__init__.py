"""The creditor's pleadings: facts and proceedings, discussion, operative part, list of exhibits."""

"""The formal notice to a co-owner (L. 65-557 art. 19-2): nature and amount of each provision, thirty days."""

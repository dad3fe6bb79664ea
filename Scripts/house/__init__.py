"""The rules of the house, as Scripts/check applies them."""

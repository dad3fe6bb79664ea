"""The plays of `make run`: one per product, and the main job."""

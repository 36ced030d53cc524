"""From text to a tree: tokens, the grammar, and what a tree mentions and must not mention."""

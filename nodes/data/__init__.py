"""What items hold: fields, lists, order and sums."""

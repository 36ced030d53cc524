"""What can be put on the canvas: finds node packages and tells what their nodes are."""

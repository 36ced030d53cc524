"""Schema history of the chats app."""

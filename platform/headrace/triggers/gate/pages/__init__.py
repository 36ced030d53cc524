"""Hosted pages: forms and chats that begin executions, drawn on the server, without cookies."""

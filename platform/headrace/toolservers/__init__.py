"""MCP servers that come with Headrace: files of a workspace, databases, schedules, a browser."""

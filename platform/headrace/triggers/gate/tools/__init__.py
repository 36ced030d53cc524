"""The tenant's MCP server: published workflows as tools, for whoever has an API key."""

"""Schema history of the tables app."""

"""Values by name that all workflows of a tenant read as `$vars`."""

"""Which packages a tenant uses: switched on and off by its owner, shown with what they need."""

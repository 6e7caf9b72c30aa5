"""Every message, by provocation: legal calls, one place of each broken at a time."""

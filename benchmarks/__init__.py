"""Commands that print figures of quality, speed and memory."""

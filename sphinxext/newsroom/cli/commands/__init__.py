"""The sub-commands: each module registers one, and imports what it needs when it runs."""

"""Problems in the formats that people, CI services and code scanners read."""

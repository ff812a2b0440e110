"""Events and courses: what posts announce, when it takes place, and in which state it is."""

"""The state of a build: the project, the site with its blogs, and what is stored between builds."""

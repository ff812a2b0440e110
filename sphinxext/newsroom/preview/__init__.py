"""Live preview: a server, a watcher of files, and processes that build."""

"""Links to posts and list pages by name, from documents and other projects."""

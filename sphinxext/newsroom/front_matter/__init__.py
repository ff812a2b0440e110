"""The front matter of posts: split off, validated and normalized."""

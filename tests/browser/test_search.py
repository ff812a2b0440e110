"""Search results and the page for URLs that do not exist."""

from __future__ import annotations


def test_results_say_what_posts_are_and_quote_their_text(visit, url):
    page = visit("home")
    page.goto(f"{url}search/?q=laptop")
    found = page.locator("#search-results li", has_text="Registration for the spring courses is open").first
    found.locator(".context").wait_for()
    assert found.locator(".newsroom-search-facts").inner_text().startswith("August 18, 2026 · News")
    summary = found.locator(".context").inner_text()
    assert "laptop" in summary.lower()
    assert "Training team" not in summary
    assert "min read" not in summary

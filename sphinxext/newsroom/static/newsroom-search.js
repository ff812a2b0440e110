// Search results say when a post was published and in which categories; summaries come from its text, not from its head.
(() => {
  if (typeof Search === "undefined" || !Search.makeSearchSummary) return;
  const summarize = Search.makeSearchSummary;
  Search.makeSearchSummary = (html, terms, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const post = page.querySelector(".newsroom-post");
    const facts = post ? post.querySelectorAll(".newsroom-header :is(.dt-published, .p-category)") : [];
    const line = Array.from(facts, (fact) => fact.textContent.trim()).join(" · ");
    const aside = ".newsroom-nav, .newsroom-byline, .newsroom-draft-notice, .newsroom-tags, .newsroom-footer";
    page.querySelectorAll(aside).forEach((part) => part.remove());
    const result = document.createDocumentFragment();
    if (line) {
      const shown = document.createElement("p");
      shown.className = "newsroom-search-facts";
      shown.textContent = line;
      result.append(shown);
    }
    const summary = summarize(page.documentElement.outerHTML, terms, anchor);
    if (summary) result.append(summary);
    return result;
  };
})();

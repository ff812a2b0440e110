// Shows the buttons of "Cite this post", which copy without a third party.
(() => {
  const copy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    // Pages that are opened as files, or served without TLS.
    const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
    area.style.cssText = "position:fixed;opacity:0";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("not copied");
  };
  for (const button of document.querySelectorAll("button[data-newsroom-copy]")) {
    const source = document.getElementById(button.dataset.newsroomCopy);
    const status = button.closest("section").querySelector("[role=status]");
    if (!source || !status) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await copy(source.textContent.trim());
        status.textContent = status.dataset.copied;
      } catch {
        getSelection().selectAllChildren(source);
      }
      setTimeout(() => (status.textContent = ""), 4000);
    });
  }
})();

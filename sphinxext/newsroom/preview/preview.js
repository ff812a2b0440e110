// Reload pages of a live preview when they have changed, and show the problems of the site.
(() => {
  "use strict";
  const PLACE = "newsroom-preview-place";
  const here = () => decodeURI(location.pathname).replace(/^\//, "").replace(/index\.html$/, "");

  const restore = () => {
    const place = JSON.parse(sessionStorage.getItem(PLACE) || "null");
    sessionStorage.removeItem(PLACE);
    if (place && place.url === here()) {
      scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    }
  };
  const reload = () => {
    sessionStorage.setItem(PLACE, JSON.stringify({ url: here(), x: scrollX, y: scrollY }));
    location.reload();
  };

  const bar = document.createElement("div");
  const root = bar.attachShadow({ mode: "open" });
  root.innerHTML = `<style>
    :host { all: initial; }
    details, p { position: fixed; inset: auto 0 0 0; z-index: 2147483647; margin: 0; padding: .5rem 1rem;
      max-height: 40vh; overflow: auto; font: 14px/1.5 system-ui, sans-serif; color: #fff; background: #7a1f1f; }
    p { background: #1f3d7a; }
    summary { cursor: pointer; font-weight: 600; }
    ul { margin: .5rem 0 0; padding-left: 1.2rem; }
    [hidden] { display: none; }
  </style><details role="status" hidden open><summary></summary><ul></ul></details><p role="status" hidden>Building…</p>`;
  const [details, waiting] = [root.querySelector("details"), root.querySelector("p")];
  details.addEventListener("toggle", () => sessionStorage.setItem(`${PLACE}-open`, details.open));
  details.open = sessionStorage.getItem(`${PLACE}-open`) !== "false";

  const show = (state) => {
    const lines = state.problems.map((one) =>
      [one.path && `${one.path}:${one.line || 1}`, `${one.message} [${one.code}]`].filter(Boolean).join(" – "));
    if (state.error) {
      lines.unshift(state.error);
    }
    details.hidden = lines.length === 0;
    root.querySelector("summary").textContent = state.error ? "The build failed" : `Problems: ${lines.length}`;
    root.querySelector("ul").replaceChildren(...lines.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
    waiting.hidden = !document.documentElement.dataset.newsroomWaiting;
  };

  let server = "";
  const events = new EventSource("/_newsroom/events");
  events.onmessage = (message) => {
    const event = JSON.parse(message.data);
    if (event.type === "hello") {
      if (server && server !== event.server) {
        reload();
      }
      server = event.server;
    } else if (event.type === "state") {
      show(event);
    } else if (event.type === "changed") {
      if (event.assets || event.urls.includes(here())) {
        reload();
      } else if (event.open !== null && event.follow && document.visibilityState === "visible") {
        location.assign(encodeURI(`/${event.open}`));
      }
    }
  };
  addEventListener("pagehide", () => events.close());
  document.body.append(bar);
  restore();
})();

// Updates what the page says about events: the words were right when the site was built.
(() => {
  const words = JSON.parse(document.currentScript.dataset.words);
  const now = Date.now();
  const relative = new Intl.RelativeTimeFormat(document.documentElement.lang || undefined);
  const dayOf = (time, timeZone) => Date.parse(new Intl.DateTimeFormat("en-CA", { timeZone }).format(time)) / 864e5;

  const update = (element) => {
    const { times, zone, base, opens, closes } = element.dataset;
    const until = (time) => {
      const days = dayOf(time, zone) - dayOf(now, zone);
      return [words.today, words.tomorrow][days] ?? relative.format(days, "day");
    };
    const show = (name, text, state) => {
      const part = element.querySelector(`[data-${name}]`);
      if (part) {
        part.textContent = text;
        part.hidden = !text;
        part.dataset[name] = state ?? "";
      }
    };
    const dates = times.split(" ").map((pair) => pair.split("/").map((time) => Date.parse(time)));
    const [begins, ends] = dates.find(([, end]) => now < end) ?? dates.at(-1);
    const phase = now < begins ? "upcoming" : now < ends ? "running" : "past";
    show("phase", words[phase], phase);
    show("days", phase === "upcoming" ? until(begins) : "");

    const deadline = closes ? Date.parse(closes) : begins;
    const early = opens && now < Date.parse(opens) && base !== "full";
    const state = base === "closed" || now >= deadline ? "closed" : early ? "not-yet" : base;
    const limit = state === "not-yet" ? `${words.opens} ${until(Date.parse(opens))}`
      : state === "open" && closes ? `${words.closes} ${until(deadline - 1)}` : "";
    show("registration", words[state] ?? "", state);
    show("deadline", limit);
    const button = element.parentElement.querySelector("[data-register]");
    if (button) button.hidden = state !== "open";
  };

  document.querySelectorAll("[data-newsroom-event]").forEach((element) => {
    // Where a browser does not know the time zone, the words stay.
    try { update(element); } catch (error) { if (!(error instanceof RangeError)) throw error; }
  });
})();

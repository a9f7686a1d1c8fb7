// The buttons of the header: search, sources, light and dark. They need a script, so a script makes them.
(function () {
  "use strict";
  const { make, remember, remembered, onKey, say } = window.tieout;
  const place = document.querySelector(".site-tools");
  if (!place) return;

  function button(name, key) {
    const one = make("button", { type: "button", class: "tool" }, name, key ? make("kbd", {}, key) : "");
    if (key) one.setAttribute("aria-keyshortcuts", key);
    place.append(one);
    return one;
  }

  const search = button(say("Search"), "/");
  search.addEventListener("click", function () { window.tieout.search(); });
  onKey("/", function () { window.tieout.search(); });

  if (document.querySelector("article a.tie")) {
    const sources = button(say("Show sources"));
    sources.setAttribute("aria-pressed", "false");
    window.tieout.sources(sources);
  }

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const theme = button("");
  function now() { return remembered("theme") || document.documentElement.dataset.theme || (dark.matches ? "dark" : "light"); }
  function label() { theme.textContent = now() === "dark" ? say("Light") : say("Dark"); }
  theme.addEventListener("click", function () {
    const chosen = now() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = chosen;
    remember("theme", chosen);
    label();
  });
  dark.addEventListener("change", label);
  label();
})();

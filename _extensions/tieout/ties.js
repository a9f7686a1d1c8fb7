// What the scripts beside this one share: where the site begins, how a script is loaded, what the ledger says.
window.tieout = (function () {
  "use strict";
  // Each engine's pages say in their own way where the site begins.
  const offset = document.querySelector('meta[name="quarto:offset"]');
  const root = (document.body.dataset.root || (offset && offset.content) || ".").replace(/\/$/, "");
  const loading = new Map();

  // Scripts, not fetch: pages opened from a disk may not fetch.
  function load(path) {
    if (!loading.has(path)) {
      loading.set(path, new Promise(function (resolve, reject) {
        const script = document.createElement("script");
        script.src = root + "/" + path;
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      }));
    }
    return loading.get(path);
  }

  function ledger() {
    return load("site_libs/ledger.js").then(function () { return window.tieoutLedger; });
  }

  // A text of the interface in the language of the page, with values in the place of its braces; English where
  // there are no words for it. A count takes the form that its language has beside such a number.
  const WORDS = window.tieoutWords || {};
  const lang = document.documentElement.lang || "en";
  function say(text, values) {
    const found = WORDS[text] || text;
    const said = typeof found === "string" ? found : found[new Intl.PluralRules(lang).select(values.n)] || found.other;
    return said.replace(/\{(\w+)\}/g, function (whole, name) { return values && name in values ? values[name] : whole; });
  }
  function count(n, one, many) { return say(WORDS[many] || n !== 1 ? many : one, { n }); }

  // An element with attributes and children; text stays text.
  function make(tag, attributes) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "onclick") element.addEventListener("click", value);
      else if (value !== undefined && value !== null) element.setAttribute(name, value);
    }
    element.append.apply(element, Array.from(arguments).slice(2).flat().filter(function (each) {
      return each !== null && each !== undefined && each !== "";
    }));
    return element;
  }

  // The numbers of the text, in order: ties that show a digit, and are seen.
  function numbers() {
    return Array.from(document.querySelectorAll("a.tie[data-tie]")).filter(function (tie) {
      return /\d/.test(tie.textContent) && tie.getClientRects().length > 0;
    });
  }

  // What a reader has chosen, kept where the browser lets a page keep something.
  function remembered(name) {
    try { return localStorage.getItem("tieout-" + name); } catch (error) { return null; }
  }
  function remember(name, value) {
    try { localStorage.setItem("tieout-" + name, value); } catch (error) { /* then it lasts as long as the page */ }
  }

  // Single keys are for readers who want them, and never for somebody who writes.
  const keys = new Map();
  addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || remembered("keys") === "off") return;
    if (event.target.closest && event.target.closest("input, textarea, select, [contenteditable]")) return;
    const run = keys.get(event.key);
    if (run) {
      event.preventDefault();
      run();
    }
  });
  function onKey(key, run) { keys.set(key, run); }

  return { root, load, ledger, make, numbers, remembered, remember, onKey, say, count, lang };
})();

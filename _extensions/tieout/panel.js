// The panel of a number: beside the text on a wide screen, a sheet below it on a phone, never over the number.
(function () {
  "use strict";
  const { make, ledger, numbers, say, count, entry: show } = window.tieout;
  const PREFIX = "#tie=";
  let panel = null; // the dialog
  let origin = null; // the tie that it tells of, where there is one
  let shown = null; // the key of what it tells
  let caller = null; // what had the keyboard before it opened

  const article = document.querySelector("a.tie[data-tie]");
  const pages = article ? article.href.split("#")[0] : document.baseURI; // the ledger's page

  function address(id) { return pages.split("#")[0] + "#" + id; }
  function pageAddress(page) { return new URL(window.tieout.root + "/" + page, document.baseURI).href; }

  function build() {
    panel = make("dialog", { class: "tie-panel", "aria-labelledby": "tie-panel-title" });
    document.body.append(panel);
  }

  // Where the number stands ------------------------------------------------------------------------------------
  function title(page) {
    // Quarto's own script takes `index.html` off links, some time after the page is there.
    const plain = function (address) { return address.replace(/index\.html$/, ""); };
    const here = plain(pageAddress(page));
    const link = Array.from(document.querySelectorAll("nav a[href]")).find(function (each) {
      return plain(each.href) === here && !each.closest(".sidebar-header, .navbar-brand, .quarto-title-breadcrumbs");
    });
    return link ? link.textContent.trim().replace(/\s+/g, " ") : page.replace(/^.*\//, "").replace(/\.html$/, "");
  }

  function occurrences(entry) {
    const used = (entry.used || []).filter(function (use) { return use.anchor; });
    if (!used.length) return null;
    const at = used.findIndex(function (use) { return origin && use.anchor === origin.id && here(use); });
    const step = function (by, name) {
      const use = used[(at + by + used.length) % used.length];
      return make("a", { href: pageAddress(use.page) + "#" + use.anchor, class: "tie-step" }, name);
    };
    const list = used.map(function (use, index) {
      const link = make("a", { href: pageAddress(use.page) + "#" + use.anchor }, use.shown || entry.display || say("here"));
      if (index === at) link.setAttribute("aria-current", "true");
      return make("li", {}, link, " " + say("in {page}", { page: title(use.page) }));
    });
    const said = count(used.length, "Shown once", "Shown {n} times");
    const box = make("section", { class: "tie-places" });
    box.append(make("details", {}, make("summary", {}, said + (at >= 0 && used.length > 1 ? say(", this is {n}", { n: at + 1 }) : "")), make("ul", {}, list)));
    if (at >= 0 && used.length > 1) box.append(make("p", { class: "tie-steps" }, step(-1, say("← Previous place")), step(1, say("Next place →"))));
    return box;
  }
  function here(use) { return pageAddress(use.page) === location.href.split("#")[0]; }

  // Copying ----------------------------------------------------------------------------------------------------
  function meta(name) {
    return Array.from(document.querySelectorAll('meta[name="' + name + '"]')).map(function (each) { return each.content; });
  }
  function link() { return location.href.split("#")[0] + PREFIX + shown; }
  function citation(entry) {
    const year = (meta("citation_publication_date")[0] || "").slice(0, 4);
    const title = meta("citation_title")[0] || document.title;
    return [meta("citation_author").join(", "), year && "(" + year + ").", title + ".", "“" + entry.label + "”, " + show.value(entry) + ".", link()]
      .filter(Boolean).join(" ");
  }
  function copy(text, button) {
    const done = function () {
      const before = button.textContent;
      button.textContent = say("Copied");
      setTimeout(function () { button.textContent = before; }, 1500);
    };
    const byHand = function () {
      const field = make("textarea", { "aria-hidden": "true" });
      field.value = text;
      panel.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      done();
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, byHand);
    else byHand();
  }
  function copies(entry) {
    const text = entry.label + ": " + show.value(entry) + (entry.precision ? " (" + entry.precision + ")" : "");
    const button = function (name, what) {
      const one = make("button", { type: "button", class: "tie-button" }, name);
      one.addEventListener("click", function () { copy(what(), one); });
      return one;
    };
    return make("p", { class: "tie-actions" }, say("Copy") + " ", button(say("text"), function () { return text; }), button(say("citation"), function () { return citation(entry); }), button(say("link"), link));
  }

  // The panel --------------------------------------------------------------------------------------------------
  function head(kind) {
    const step = function (by, name, sign) {
      return make("button", { type: "button", class: "tie-button", "aria-label": name, onclick: function () { stepNumbers(by); } }, sign);
    };
    return make("div", { class: "tie-head" }, make("span", { class: "tie-kind" }, kind),
      step(-1, say("Previous number"), "‹"), step(1, say("Next number"), "›"),
      make("button", { type: "button", class: "tie-button close", "aria-label": say("Close"), onclick: close }, "✕"));
  }

  function fill(id, book) {
    const entry = book.entries[id];
    const findingAddress = function (each) { return pageAddress(book.findings_page || "") + "#" + each; };
    panel.replaceChildren(head(say(show.KINDS[entry.kind] || "")),
      make("h2", { id: "tie-panel-title" }, entry.label || id),
      make("p", { class: "tie-value" }, show.value(entry)), ...[
        show.bar(entry), show.sentences(entry), ...show.findings(entry, book, findingAddress, function (key) { open(null, key); }), show.formula(entry, book, 0),
        show.quotation(entry), show.row(entry, book), show.code(entry), occurrences(entry), copies(entry),
        make("p", { class: "tie-more" }, make("code", {}, id), " ", make("a", { href: address(id) }, say("Open in the ledger"))),
      ].filter(Boolean), contents(), keys());
  }

  // The numbers of the page, as a list.
  function contents() {
    const details = make("details", { class: "tie-numbers" }, make("summary", {}, say("Numbers on this page")));
    details.addEventListener("toggle", function () {
      if (!details.open || details.children.length > 1) return;
      details.append(make("ol", {}, numbers().map(function (tie) {
        const around = tie.closest("p, li, td, figcaption, caption, h1, h2, h3, h4");
        const words = around ? around.textContent.trim().replace(/\s+/g, " ") : "";
        const button = make("button", { type: "button", class: "tie-link", onclick: function () { open(tie); } }, tie.textContent);
        return make("li", {}, button, " ", make("span", {}, words.length > 70 ? words.slice(0, 69) + "…" : words));
      })));
    });
    return details;
  }

  // Single keys can be turned off, by readers whose speech or hands would press them.
  function keys() {
    const { remembered, remember } = window.tieout;
    const button = make("button", { type: "button", class: "tie-button" });
    const label = function () { button.textContent = remembered("keys") === "off" ? say("Turn keys on") : say("Turn keys off"); };
    button.addEventListener("click", function () {
      remember("keys", remembered("keys") === "off" ? "on" : "off");
      label();
    });
    label();
    return make("p", { class: "tie-keys" }, say("Keys: n next number, p previous, / search, Escape closes.") + " ", button);
  }

  function reveal(tie) {
    for (let at = tie; at; at = at.parentElement) if (at.matches("details:not([open])")) at.open = true;
    const wide = matchMedia("(min-width: 60.01rem)").matches;
    tie.scrollIntoView({ block: wide ? "center" : "start", behavior: "instant" });
    if (!wide) scrollBy({ top: -100, behavior: "instant" });
  }

  function mark(tie) {
    if (origin) origin.classList.remove("tie-open");
    origin = tie;
    if (tie) tie.classList.add("tie-open");
  }

  // Tell of a tie, or of an entry by its key; resolves to whether there is anything to tell.
  function open(tie, key) {
    const wanted = key || tie.dataset.tie;
    const id = wanted.split(":")[0].split("/")[0];
    return ledger().then(function (book) {
      if (!book || !book.entries[id]) return false;
      if (!panel) build();
      const was = panel.open;
      if (!was) caller = document.activeElement;
      mark(tie || null);
      shown = tie ? keyOf(tie) : wanted;
      fill(id, book);
      document.body.classList.add("has-tie-panel");
      if (!was) panel.show();
      panel.scrollTop = 0;
      replace(PREFIX + shown);
      if (tie) reveal(tie);
      panel.querySelector(".close").focus({ preventScroll: true });
      return true;
    });
  }

  // `market.2024`, or `market.2024/3` for its third place on the page.
  function keyOf(tie) {
    const same = Array.from(document.querySelectorAll("a.tie")).filter(function (each) { return each.dataset.tie === tie.dataset.tie; });
    const at = same.indexOf(tie);
    return tie.dataset.tie + (at > 0 ? "/" + (at + 1) : "");
  }

  function replace(hash) {
    try { history.replaceState(history.state, "", hash || location.href.split("#")[0]); } catch (error) { /* a page on a disk */ }
  }

  function close() {
    if (!panel || !panel.open) return;
    panel.close();
    document.body.classList.remove("has-tie-panel");
    if (location.hash.startsWith(PREFIX)) replace("");
    const back = origin || caller;
    mark(null);
    if (back) back.focus({ preventScroll: true });
  }

  // Stepping through numbers -----------------------------------------------------------------------------------
  function stepNumbers(by) {
    const all = numbers();
    if (!all.length) return;
    const current = origin || (document.activeElement.matches("a.tie") ? document.activeElement : null);
    let at = all.indexOf(current);
    if (at < 0) at = by > 0 ? firstInView(all) - 1 : firstInView(all);
    const next = all[(at + by + all.length) % all.length];
    if (panel && panel.open) open(next);
    else {
      next.scrollIntoView({ block: "center", behavior: "instant" });
      next.focus({ preventScroll: true });
    }
  }
  function firstInView(all) {
    const found = all.findIndex(function (tie) { return tie.getBoundingClientRect().bottom > 0; });
    return found < 0 ? 0 : found;
  }
  window.tieout.onKey("n", function () { stepNumbers(1); });
  window.tieout.onKey("p", function () { stepNumbers(-1); });

  // Opening and closing ----------------------------------------------------------------------------------------
  document.querySelectorAll("a.tie[data-tie], sup.tie-finding a").forEach(function (link) { link.tabIndex = -1; });

  document.addEventListener("click", function (event) {
    if (!event.target.closest || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const tie = event.target.closest("a.tie[data-tie]");
    if (tie) {
      event.preventDefault();
      const follow = function () { location.href = tie.href; };
      open(tie).then(function (told) { if (!told) follow(); }, follow);
      return;
    }
    const inside = panel && panel.open && panel.contains(event.target);
    if (inside && event.target.closest("a[href]")) close();
  });
  addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !event.defaultPrevented) close();
  });

  function follow() {
    if (!location.hash.startsWith(PREFIX)) return;
    const [key, nth] = decodeURIComponent(location.hash.slice(PREFIX.length)).split("/");
    const same = Array.from(document.querySelectorAll("a.tie")).filter(function (each) { return each.dataset.tie === key; });
    open(same[(Number(nth) || 1) - 1] || same[0], key);
  }
  addEventListener("hashchange", follow);
  follow();

  Object.assign(window.tieout, { title, open, close });
})();

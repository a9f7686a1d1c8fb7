// The ledger as a table of one screen: searched, filtered and sorted; a row opens the panel of its number.
(function () {
  "use strict";
  const list = document.querySelector(".tieout-ledger");
  if (!list) return;
  const { make, ledger, entry: show, title, open, say, lang } = window.tieout;
  const FILTERS = { chapter: "Chapter", kind: "Kind", source: "Source", unit: "Unit", finding: "Finding" };
  const COLUMNS = [["value", "Value"], ["label", "What it is"], ["kind", "Kind"], ["source", "Source"], ["places", "Shown"]];
  const KIND = { stated: "Stated", derived: "Derived", computed: "Computed", assumed: "Assumed" };

  function row(id, entry, book) {
    const pages = Array.from(new Set((entry.used || []).map(function (use) { return use.page; })));
    const source = (entry.source || {}).citation || (entry.kind === "stated" ? "" : say("This report"));
    const findings = (entry.findings || []).filter(function (each) { return book.findings[each]; });
    const button = make("button", { type: "button", class: "tie-link" }, show.value(entry));
    button.addEventListener("click", function () { open(null, id); });
    const tr = make("tr", { id },
      make("td", { class: "ledger-value" }, button, findings.length ? make("span", { class: "ledger-mark", title: say("A finding concerns this number") }, " †") : ""),
      make("th", { scope: "row" }, entry.label || id, " ", make("code", {}, id)),
      make("td", { class: "ledger-aside" }, say(KIND[entry.kind] || "")), make("td", { class: "ledger-aside" }, source),
      make("td", { class: "ledger-aside" }, String((entry.used || []).length)));
    return {
      tr, text: [id, entry.label, show.value(entry), entry.value, source].join(" ").toLowerCase(),
      sort: { value: typeof entry.number === "number" ? entry.number : -Infinity, label: (entry.label || id).toLowerCase(), kind: entry.kind, source, places: (entry.used || []).length },
      filter: { chapter: pages.map(title), kind: [say(KIND[entry.kind] || "")], source: [source], unit: [(book.units || {})[entry.unit] || entry.unit_name || (entry.unit === "text" ? say("a name") : say("a pure number"))], finding: findings.length ? [say("with a finding")] : [say("without")] },
    };
  }

  function build(book) {
    const rows = Object.entries(book.entries).map(function (each) { return row(each[0], each[1], book); });
    const field = make("input", { type: "search", "aria-label": say("Search the ledger"), placeholder: say("Search the ledger"), autocomplete: "off" });
    const count = make("p", { role: "status", class: "ledger-count" });
    const body = make("tbody");
    const selects = Object.entries(FILTERS).map(function (filter) {
      const values = Array.from(new Set(rows.flatMap(function (each) { return each.filter[filter[0]]; }).filter(Boolean))).sort(function (a, b) {
        return a.localeCompare(b, lang, { numeric: true });
      });
      const select = make("select", { "aria-label": say(filter[1]), name: filter[0] }, make("option", { value: "" }, say("{what}: all", { what: say(filter[1]) })),
        values.map(function (value) { return make("option", { value }, value); }));
      select.addEventListener("change", draw);
      return select;
    });
    let order = null;
    let down = false;
    const heads = COLUMNS.map(function (column, index) {
      const button = make("button", { type: "button", class: "ledger-sort" }, say(column[1]));
      const head = make("th", { scope: "col", class: index > 1 ? "ledger-aside" : "" }, button);
      button.addEventListener("click", function () {
        down = order === column[0] ? !down : false;
        order = column[0];
        heads.forEach(function (each) { each.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        draw();
      });
      return head;
    });

    function draw() {
      const terms = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      const kept = rows.filter(function (each) {
        return terms.every(function (term) { return each.text.includes(term); }) &&
          selects.every(function (select) { return !select.value || each.filter[select.name].includes(select.value); });
      });
      if (order) {
        kept.sort(function (one, other) {
          const [a, b] = [one.sort[order], other.sort[order]];
          return (a < b ? -1 : a > b ? 1 : 0) * (down ? -1 : 1);
        });
      }
      body.replaceChildren(...kept.map(function (each) { return each.tr; }));
      count.textContent = say("{n} of {all} entries", { n: kept.length, all: rows.length });
    }

    field.addEventListener("input", draw);
    const table = make("table", { class: "ledger-table" }, make("thead", {}, make("tr", {}, heads)), body);
    const box = make("div", { class: "ledger-scroll", role: "region", "aria-label": say("Entries of the ledger"), tabindex: "0" }, table);
    const tools = make("div", { class: "ledger-tools" }, field, selects, count);
    list.querySelectorAll("[data-entry]").forEach(function (each) {
      each.querySelectorAll("[id]").forEach(function (inner) { inner.removeAttribute("id"); });
      each.removeAttribute("id");
    });
    list.before(tools, box);
    list.hidden = true;
    document.querySelectorAll(".on-page, #TOC").forEach(function (contents) { contents.hidden = true; });
    draw();
    follow();
  }

  // A link to an entry leads to its row, and opens its panel.
  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    const at = id && document.getElementById(id);
    if (!at || !at.matches(".ledger-table tr")) return;
    const mark = document.querySelector(".ledger-open");
    if (mark) mark.classList.remove("ledger-open");
    at.classList.add("ledger-open");
    const show = function () {
      at.scrollIntoView({ block: matchMedia("(min-width: 60.01rem)").matches ? "center" : "start", behavior: "instant" });
    };
    open(null, id).then(function () {
      show();
      // A browser goes to the address by itself when all has loaded: to the list, which is hidden by then.
      if (document.readyState !== "complete") addEventListener("load", function () { setTimeout(show); }, { once: true });
    });
  }

  ledger().then(build, function () { /* the list is there without it */ });
  addEventListener("hashchange", follow);
})();

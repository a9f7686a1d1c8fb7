// Search from any page, also of a folder on a disk: text, numbers however they are written, and ids of the ledger.
(function () {
  "use strict";
  const { make, load, root, say, count, lang } = window.tieout;
  // What stands between whole digits and decimals, and the words of a language for thousands and more.
  const comma = (1.5).toLocaleString(lang).includes(",");
  const SCALES = { тис: 1e3, тисяч: 1e3, тисячі: 1e3, млн: 1e6, мільйон: 1e6, мільйона: 1e6, мільйони: 1e6, мільйонів: 1e6,
    млрд: 1e9, мільярд: 1e9, мільярда: 1e9, мільярди: 1e9, мільярдів: 1e9,  k: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, million: 1e6, b: 1e9, bn: 1e9, billion: 1e9, t: 1e12, tn: 1e12, trillion: 1e12 };
  const NUMBER = /^[^\d\s]{0,4}\s*([-−]?\d[\d,\s]*(?:\.\d+)?)\s*([\p{L}]+|%)?/iu;
  const MOST = 30;
  let box = null;
  let field = null;
  let list = null;
  let said = null;

  // What a query says as a number, with half of its last digit to either side: 2.5 billion, 2500 million, 42.5%.
  function number(query) {
    const found = NUMBER.exec(comma ? query.trim().replace(/,(?=\d)/g, ".") : query.trim());
    if (!found) return null;
    const digits = found[1].replace(/[,\s]/g, "").replace("−", "-");
    const scale = SCALES[(found[2] || "").toLowerCase()] || 1;
    const decimals = (digits.split(".")[1] || "").length;
    const zeros = decimals ? 0 : /0*$/.exec(digits)[0].length;
    return { value: Number(digits) * scale, half: 0.5 * scale * Math.pow(10, zeros - decimals), exact: found[0].length === query.trim().length };
  }

  function words(text) { return text.toLowerCase().split(/\s+/).filter(Boolean); }

  function entries(query, index) {
    const plain = query.trim().toLowerCase().replace(/^tie:/, "");
    const asked = number(plain);
    const terms = words(plain);
    const found = [];
    index.entries.forEach(function (entry) {
      const label = entry.label.toLowerCase();
      let score = 0;
      if (entry.id === plain) score = 100;
      else if (plain.length > 2 && entry.id.includes(plain)) score = 60 - entry.id.length / 10;
      else if (asked && typeof entry.number === "number" && Math.abs(entry.number - asked.value) <= Math.min(asked.half, Math.abs(asked.value) * 0.05 + 1e-9)) {
        score = 80 - 10 * Math.abs(entry.number - asked.value) / (asked.half || 1);
      } else if (terms.every(function (term) { return label.includes(term) || entry.shown.toLowerCase().includes(term); })) score = 40;
      if (score) found.push({ score, title: entry.shown + ", " + entry.label, text: entry.id, href: entry.href });
    });
    return found;
  }

  function passages(query, index) {
    const whole = query.trim().toLowerCase();
    const terms = words(whole);
    const found = [];
    index.records.forEach(function (record) {
      const text = record.text.toLowerCase();
      const head = (record.title + " " + record.section).toLowerCase();
      if (!terms.every(function (term) { return text.includes(term) || head.includes(term); })) return;
      const at = Math.max(0, text.indexOf(text.includes(whole) ? whole : terms.find(function (term) { return text.includes(term); }) || ""));
      const start = at > 60 ? record.text.indexOf(" ", at - 60) + 1 : 0;
      const score = (text.includes(whole) ? 30 : 10) + (terms.every(function (term) { return head.includes(term); }) ? 25 : 0);
      const rest = record.text.slice(start);
      const part = rest.length > 170 ? rest.slice(0, 170).replace(/ [^ ]{0,30}$/, "") : rest; // 42 is not 42.5%
      found.push({
        score, href: record.href, title: record.section && record.section !== record.title ? record.title + " › " + record.section : record.title,
        text: (start ? "… " : "") + part + (part === rest ? "" : " …"),
      });
    });
    return found;
  }

  function marked(text, terms) {
    const pattern = new RegExp("(" + terms.map(function (term) {
      const one = term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return /^\d/.test(term) ? "\\b" + one + "(?![.,]?\\d)" : one; // 2.5 is no part of 2.55
    }).join("|") + ")", "ig");
    return text.split(pattern).map(function (part, index) { return index % 2 ? make("mark", {}, part) : part; });
  }

  function find() {
    const query = field.value;
    if (query.trim().length < 2) {
      list.replaceChildren();
      said.textContent = say("Words, a number in any form (2.5 billion, 2500 million, 42.5%), or an id of the ledger.");
      return;
    }
    load("site_libs/search-index.js").then(function () {
      if (field.value !== query) return;
      const index = window.tieoutSearch;
      const found = entries(query, index).concat(passages(query, index)).sort(function (a, b) { return b.score - a.score; });
      const terms = words(query);
      list.replaceChildren(...found.slice(0, MOST).map(function (each) {
        const link = make("a", { href: root + "/" + each.href }, make("strong", {}, marked(each.title, terms)), make("span", {}, marked(each.text, terms)));
        link.addEventListener("click", function () { shut(); });
        return make("li", {}, link);
      }));
      said.textContent = found.length ? count(found.length, "{n} place", "{n} places") : say("Nothing found.");
    }, function () { said.textContent = say("The index of this site cannot be read."); });
  }

  // A hidden field would keep the keyboard until the next frame, and a key pressed at once would be lost in it.
  function shut() {
    if (box.contains(document.activeElement)) document.activeElement.blur();
    box.close();
  }

  function build() {
    field = make("input", { type: "search", "aria-label": say("Search this report"), autocomplete: "off", spellcheck: "false" });
    list = make("ol");
    said = make("p", { role: "status" });
    const close = make("button", { type: "button", class: "tool", onclick: function () { shut(); } }, say("Close"));
    const form = make("form", { role: "search" }, field, close);
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      const first = list.querySelector("a");
      if (first) first.click();
    });
    field.addEventListener("input", find);
    box = make("dialog", { class: "search-box", "aria-label": say("Search") }, form, said, list);
    box.addEventListener("click", function (event) { if (event.target === box) shut(); });
    box.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { // which would empty the field first
        event.preventDefault();
        shut();
      }
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by) return;
      const all = [field, ...list.querySelectorAll("a")];
      event.preventDefault();
      all[(all.indexOf(document.activeElement) + by + all.length) % all.length].focus();
    });
    document.body.append(box);
  }

  window.tieout.search = function () {
    if (!box) build();
    if (!box.open) box.showModal();
    field.focus();
    field.select();
    find();
  };
})();

// What the ledger says of one number, as elements for the panel: value, interval, formula down to facts, source, places.
(function () {
  "use strict";
  const { make, say, lang } = window.tieout;
  const KINDS = {
    stated: "Stated by the source", derived: "Computed by this report",
    computed: "Computed by the code of a cell", assumed: "Assumed by this report",
  };
  const POINT = (1.5).toLocaleString(lang).charAt(1);
  const COLUMNS = { label: "what", period: "when" };

  function capitalised(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

  function value(entry) {
    const shown = entry.display || entry.value || "";
    const unit = entry.unit_name || "";
    const told = !unit || entry.unit === "percent" || /^[A-Z]{3}$/.test(entry.unit) || saysUnit(shown, unit);
    return told ? shown : shown + " " + unit;
  }

  // Whether a text has a unit already: its name, or a word or sign after the number that is no scale: `4.13 kg`, `10-min`.
  function saysUnit(shown, unit) {
    const rest = shown.replace(/\b(thousand|million|billion|trillion|to|and|or|in)\b/g, "");
    return shown.includes(unit) || /\d[\s\u00a0-]*[^\d\s.,;:()–−-]/.test(rest);
  }

  // How precise a number is: what its digits stand for, or what its inputs leave open. What is true, nobody says here.
  function precision(entry) {
    const parts = (entry.precision || "").split("; ").filter(Boolean);
    const between = parts.find(function (part) { return part.startsWith(say("between") + " "); });
    const how = capitalised(parts.filter(function (part) { return part !== between; }).join(", "));
    const has = function (word) { return (entry.qualifier || "").split("+").includes(word); };
    if (!between && parts[0] === say("exact")) return entry.kind === "assumed" ? [] : [say("An exact number.")];
    if (!between || !how) return between ? [say("It lies {between}.", { between })] : how ? [how + "."] : [];
    if (entry.kind === "derived") {
      return [has("projected") && say("It rests on a projection."), has("target") && say("It rests on a target."),
        say(has("approx") ? "Its inputs are approximate: with the room they leave, it lies {between}."
          : "With the room that its inputs leave, it lies {between}.", { between })].filter(Boolean);
    }
    if (entry.kind !== "stated") return [say("{how}: it lies {between}.", { how, between })];
    const lies = has("exact") ? "{how}: {between}." : has("approx") ? "{how}: taken as {between}." : "{how}: it stands for any value {between}.";
    return [say(lies, { how, between })];
  }

  // One sentence on what the number is, and one on how precise.
  function sentences(entry) {
    const said = [];
    if (entry.origin) said.push(capitalised(entry.origin) + ".");
    else if (entry.kind === "derived" && (entry.formula || (entry.operands || []).length)) said.push(say("Computed by this report from the numbers below."));
    else if (entry.kind === "assumed") said.push(say("An assumption of this report, not a fact of its source."));
    said.push(...precision(entry));
    if (entry.note) said.push(entry.note.replace(/[^.!?…]$/, "$&."));
    return make("p", { class: "tie-said" }, said.join(" ").replace(/\.\.(?= |$)/g, "."));
  }

  // Whether the interval of a computed number says no more than how many of its digits are stated.
  function isOfDigits(entry) {
    const said = entry.precision || "";
    return entry.kind === "computed" && [say("computed as"), say("stated in full")].some(function (words) { return said.startsWith(words); });
  }

  // The interval as a bar, on a scale from zero where its width can be seen on one.
  function bar(entry) {
    const number = entry.number;
    const ends = entry.interval || [];
    const [low, high] = ends;
    if (typeof number !== "number" || typeof low !== "number" || typeof high !== "number" || low === high) return null;
    const span = high - low;
    const fromZero = low > 0 && span / high > 0.01;
    const left = fromZero ? 0 : low - span * 0.5;
    const right = fromZero ? high * 1.08 : high + span * 0.5;
    const at = function (each) { return 100 * (each - left) / (right - left) + "%"; };
    const written = function (each) { return each.toLocaleString(lang === "en" ? "en-US" : lang, { maximumSignificantDigits: 5 }); };
    const room = make("span", { class: "tie-range" });
    room.style.left = at(low);
    room.style.width = 100 * span / (right - left) + "%";
    const dot = make("span", { class: "tie-dot" });
    dot.style.left = at(number);
    const told = new RegExp(say("between") + " (.+?) " + say("and") + " (.+)$").exec(entry.precision || "");
    const [first, last] = told ? [told[1], told[2]] : [written(low), written(high)];
    if (!told && isOfDigits(entry)) return null;
    const range = !told && entry.display; // of a range the display has both ends
    const label = range || say("The interval reaches from {first} to {last}", { first, last });
    return make("div", { class: "tie-interval" },
      make("div", { class: "tie-track", role: "img", "aria-label": label }, room, dot),
      make("div", { class: "tie-scale", "aria-hidden": "true" },
        make("span", {}, fromZero ? "0" : ""), make("span", {}, range || say("{first} to {last}", { first, last }))));
  }

  // A formula with its exponents raised: `x^(1/6)` and `x^2` as they are written by hand.
  function raised(text) {
    return text.split(/\^(?:\(([^()^]+)\)|(\d+))/).map(function (part, index) { return index % 3 && part ? make("sup", {}, part) : part; });
  }

  // The formula in one line, and each input of it, which unfolds into its own.
  function formula(entry, ledger, depth) {
    if (!entry.formula && !(entry.operands || []).length) return null;
    const box = make("div", { class: "tie-formula" });
    if (entry.formula) box.append(make("p", { class: "tie-line" }, raised(entry.formula)));
    (entry.operands || []).forEach(function (operand) {
      const input = ledger.entries[operand.id];
      const title = make("summary", {}, make("b", {}, operand.amount), " " + operand.label);
      const details = make("details", { class: "tie-input" }, title);
      details.addEventListener("toggle", function () {
        if (!details.open || details.children.length > 1 || !input) return;
        details.append(...[sentences(input), depth < 12 ? formula(input, ledger, depth + 1) : null, row(input, ledger)].filter(Boolean));
      });
      box.append(details);
    });
    return box;
  }

  // A cell of a row: a period with a dash, what another entry is called in place of its id.
  function told([name, text], ledger) {
    const other = ledger.entries[text];
    return other ? other.display || other.label || text : name === "period" ? text.replace("/", "–") : text;
  }

  // Its row of the data, as a small table.
  function row(entry, ledger) {
    if (entry.kind !== "stated" || !entry.cells) return null;
    const cells = Object.entries(entry.cells).filter(function (cell) { return cell[1] && cell[0] !== "value" && cell[0] !== "unit"; });
    const own = entry.row || entry; // as the data have it, million USD say
    const unit = own.unit === "text" ? [] : [[say("unit"), own.unit === "1" ? say("a pure number") : own.unit_name || own.unit]];
    const lines = [[say("value"), unit.length ? own.value.replace(/(\d)\.(?=\d)/g, "$1" + POINT) : own.value], ...unit, ...cells].map(function (cell) {
      return make("tr", {}, make("th", { scope: "row" }, (ledger.columns || {})[cell[0]] || say(COLUMNS[cell[0]] || cell[0])), make("td", {}, told(cell, ledger)));
    });
    const place = entry.defined || {};
    return make("table", { class: "tie-row" },
      make("caption", {}, say("Its row: {path}, line {line}", { path: place.path, line: place.line })), make("tbody", {}, lines));
  }

  function quotation(entry) {
    if (!entry.quotation) return null;
    return make("blockquote", { class: "tie-quotation" }, "“" + entry.quotation + "”");
  }

  function code(entry) {
    const place = entry.defined || {};
    if (entry.kind === "stated" || !place.path) return null;
    if (!place.cell) return make("p", { class: "tie-where" }, say("Computed for a finding"));
    const where = say(entry.kind === "assumed" ? "Assumed in {path}" : "Computed in {path}", { path: place.path }) + say(", cell {n}", { n: place.cell });
    if (!entry.code) return make("p", { class: "tie-where" }, where);
    // Where a computed number is from stands above already.
    return make("details", {}, make("summary", {}, entry.kind === "computed" ? say("Code of the cell") : where), make("pre", { tabindex: "0" }, make("code", {}, entry.code)));
  }

  // A paragraph of Markdown: its ties tell of their entries, code and escapes are as a reader sees them.
  function paragraph(text, go) {
    const parts = [];
    const plain = function (part) { parts.push(part.replace(/\\(\W)/g, "$1")); };
    const marked = /\[((?:\\.|[^\]\\])*)\]\(tie:([^)\s]+)\)|`([^`]*)`/g;
    let from = 0;
    for (let found; (found = marked.exec(text)); from = marked.lastIndex) {
      plain(text.slice(from, found.index));
      if (found[2]) {
        const key = found[2];
        parts.push(make("button", { type: "button", class: "tie-link", onclick: function () { go(key); } }, found[1].replace(/\\(\W)/g, "$1")));
      } else parts.push(make("code", {}, found[3]));
    }
    plain(text.slice(from));
    return make("p", {}, parts);
  }

  // A finding in its own words: its first paragraph, the others folded. `go` opens the entry of a tie.
  function findings(entry, ledger, address, go) {
    return (entry.findings || []).map(function (id) { return ledger.findings[id]; }).filter(Boolean).map(function (finding) {
      const parts = finding.text.split(/\n\s*\n/).map(function (part) { return paragraph(part, go); });
      const title = make("p", { class: "tie-finding-title" }, say("Finding:") + " ", make("a", { href: address(finding.id) }, finding.title));
      const box = make("section", { class: "tie-finding-box" }, title, parts[0]);
      if (parts.length > 1) box.append(make("details", {}, make("summary", {}, say("All of it")), parts.slice(1)));
      return box;
    });
  }

  window.tieout.entry = { KINDS, value, sentences, bar, formula, row, quotation, code, findings };
})();

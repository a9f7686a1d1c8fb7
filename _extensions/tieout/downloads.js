// What can be taken along: a table as CSV, a chart as picture, data and specification, below it.
(function () {
  "use strict";
  const { make, load, say, specification } = window.tieout;

  function save(name, content, type) {
    const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    make("a", { href: address, download: name }).click();
    setTimeout(function () { URL.revokeObjectURL(address); }, 1000);
  }
  function quoted(value) {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
  function csv(rows) { return rows.map(function (row) { return row.map(quoted).join(","); }).join("\r\n") + "\r\n"; }

  // A cell's text without the signs beside its numbers.
  function cellText(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("sup, .permalink").forEach(function (each) { each.remove(); });
    return copy.textContent.trim().replace(/\s+/g, " ");
  }
  function tableRows(table) {
    return Array.from(table.rows).map(function (row) { return Array.from(row.cells).map(cellText); });
  }

  // The rows of a chart's data, one table after the other: under names of their own, or where they are drawn.
  function tablesOf(node) {
    if (!node || typeof node !== "object") return [];
    const own = Object.values(node.datasets || {}).concat(node.data && Array.isArray(node.data.values) ? [node.data.values] : []);
    const below = ["layer", "concat", "hconcat", "vconcat"].flatMap(function (name) { return node[name] || []; });
    return own.concat(below.concat(node.spec || []).flatMap(tablesOf));
  }
  function chartRows(spec) {
    return tablesOf(spec).flatMap(function (rows) {
      const names = Array.from(new Set(rows.flatMap(Object.keys)));
      return [names].concat(rows.map(function (row) { return names.map(function (name) { return row[name]; }); }));
    });
  }
  // The picture as its notebook stored it, which is light on a dark page too; on Quarto's pages its file.
  function drawing(image) {
    return load(image.dataset.chart).then(function () {
      const stored = window.tieoutPictures[image.dataset.chart];
      return stored ? "data:image/svg+xml," + encodeURIComponent(stored.wide) : image.src;
    });
  }
  function png(address, name) {
    const picture = make("img", { src: address });
    picture.decode().then(function () {
      const canvas = make("canvas", { width: picture.naturalWidth * 2, height: picture.naturalHeight * 2 });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(function (blob) { if (blob) save(name, blob); });
    });
  }

  function offer(place, name, choices) {
    const buttons = Object.entries(choices).map(function (choice) {
      return make("button", { type: "button", class: "tie-button", onclick: choice[1] }, say(choice[0]));
    });
    const details = make("details", { class: "downloads" }, make("summary", { "aria-label": say("Download {name}", { name }) }, say("Download")), ...buttons);
    if (place.matches("figure")) place.append(details);
    else place.after(details);
  }
  function nameOf(element) {
    const holder = element.closest("[id^='fig-'], [id^='tbl-']");
    return (holder && holder.id) || (element.matches("table") ? "table" : "figure");
  }

  document.querySelectorAll("article table, main#quarto-document-content table").forEach(function (table) {
    const figure = table.closest("figure"); // as it is for tables that are referred to
    if (!(figure || table.querySelector("caption")) || table.matches(".ledger-table")) return;
    const place = figure || table.closest(".table-scroll") || table;
    const name = nameOf(table);
    offer(place, name, { CSV: function () { save(name + ".csv", csv(tableRows(table)), "text/csv"); } });
  });
  document.querySelectorAll("figure img[data-chart]").forEach(function (image) {
    const place = image.closest("figure");
    if (!place.querySelector("figcaption")) return;
    const name = nameOf(image);
    offer(place, name, {
      SVG: function () { drawing(image).then(function (href) { make("a", { href, download: name + ".svg" }).click(); }); },
      PNG: function () { drawing(image).then(function (src) { png(src, name + ".png"); }); },
      CSV: function () { specification(image).then(function (spec) { save(name + ".csv", csv(chartRows(spec)), "text/csv"); }); },
      Specification: function () {
        specification(image).then(function (spec) { save(name + ".vl.json", JSON.stringify(spec, null, 1), "application/json"); });
      },
    });
  });
})();

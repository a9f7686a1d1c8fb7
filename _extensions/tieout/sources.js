// "Show sources": marks every number of the text by where it is from, in four colours, and counts them.
(function () {
  "use strict";
  const { make, say } = window.tieout;
  const KINDS = [
    ["tied", "Tied to the ledger", "a.tie"],
    ["computed", "Computed: charts, formulas, code", "img[data-chart]:not([hidden]), .chart, math, .math, article code"],
    ["structural", "Of the edition: sections, figures, notes, references",
      ".header-section-number, .caption-number, .equation-number, a.xref, a.quarto-xref, .citation, .footnote-ref, .finding .finding-number"],
    ["waived", "Waived, with a reason", ".waived"],
  ];
  const text = document.querySelector("main") || document.body;
  let legend = null;

  function marked(selector) {
    return Array.from(text.querySelectorAll(selector)).filter(function (each) {
      return each.matches("img, .chart") || (/\d/.test(each.textContent) && !each.closest(".breadcrumb, .on-page"));
    });
  }

  function turn(on, button) {
    document.body.classList.toggle("show-sources", on);
    button.setAttribute("aria-pressed", String(on));
    if (legend) legend.remove();
    legend = null;
    if (!on) return;
    const items = KINDS.map(function (kind) {
      const found = marked(kind[2]);
      found.forEach(function (each) { each.dataset.source = kind[0]; });
      return make("li", { class: "source-" + kind[0] }, make("strong", {}, String(found.length)), " " + say(kind[1]));
    });
    legend = make("section", { class: "source-legend", "aria-label": say("Sources of the numbers") }, make("ul", {}, items));
    document.body.append(legend);
  }

  window.tieout.sources = function (button) {
    button.addEventListener("click", function () { turn(button.getAttribute("aria-pressed") !== "true", button); });
  };
})();

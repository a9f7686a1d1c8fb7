// Interactive charts: a picture becomes the chart that its notebook stored beside it, when a reader asks.
(function () {
  "use strict";
  const load = window.tieout.load;
  window.tieoutCharts = {};

  // A mark that knows its ledger id opens the panel of its number.
  function tell(event, mark) {
    const id = mark && mark.datum && mark.datum.id;
    if (typeof id === "string") window.tieout.open(null, id.split(",")[0].trim());
  }

  function upgrade(image, button) {
    const chart = image.dataset.chart;
    button.disabled = true;
    Promise.all([load("site_libs/vega.js"), load(chart)]).then(function () {
      const spec = window.tieoutCharts[chart];
      if (spec.usermeta) delete spec.usermeta.embedOptions; // a chart does not say how the page shows it
      const holder = document.createElement("div");
      holder.className = "chart";
      holder.dataset.figure = chart;
      image.after(holder);
      return window.vegaEmbed(holder, spec, {
        actions: false, renderer: "svg", ast: true, tooltip: { theme: "light" },
      }).then(function (drawn) {
        drawn.view.addEventListener("click", tell);
        holder.setAttribute("aria-label", image.alt); // Vega gives it its role
        image.hidden = true;
        image.style.display = "none";
        button.remove();
      }, function () { holder.remove(); });
    }).catch(function () { button.remove(); });
  }

  document.querySelectorAll("img[data-chart]").forEach(function (image) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chart-switch";
    button.textContent = window.tieout.say("Explore this chart");
    const figure = image.closest("figure");
    const caption = figure && figure.querySelector("figcaption");
    if (caption) figure.insertBefore(button, caption);
    else image.after(button);
    button.addEventListener("click", function () { upgrade(image, button); });
  });
})();

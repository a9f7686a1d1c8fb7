// What ties and charts can do beyond links, on the pages of either engine: the panel of a number, interactive charts.
(function () {
  "use strict";
  // Where the site begins: each engine's pages say so in their own way.
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

  // Ties -------------------------------------------------------------------------------------------------------
  let panel = null;

  function makePanel() {
    panel = document.createElement("dialog");
    panel.className = "tie-panel";
    panel.setAttribute("aria-labelledby", "tie-panel-title");
    panel.addEventListener("click", function (event) {
      if (event.target === panel || event.target.closest(".close")) panel.close();
      else if (event.target.closest("a[href]")) panel.close();
    });
    document.body.append(panel);
  }

  // `base` is the address of the ledger's page, from which the links of an entry lead.
  function show(id, base) {
    const html = window.tieoutLedger && window.tieoutLedger[id];
    if (!html || !window.HTMLDialogElement) return false;
    if (!panel) makePanel();
    panel.innerHTML = '<button class="close" type="button" aria-label="Close">✕</button>' + html;
    const heading = panel.querySelector("h1, h2, h3, h4, h5, h6");
    const title = document.createElement("h2");
    title.id = "tie-panel-title";
    title.append.apply(title, Array.from(heading.childNodes));
    heading.replaceWith(title);
    panel.querySelectorAll("a[href]").forEach(function (link) {
      link.href = new URL(link.getAttribute("href"), base).href;
    });
    const more = document.createElement("p");
    const link = document.createElement("a");
    link.href = new URL("#" + id, base).href;
    link.textContent = "Open in the ledger";
    more.append(link);
    panel.append(more);
    panel.showModal();
    return true;
  }

  document.addEventListener("click", function (event) {
    const tie = event.target.closest && event.target.closest("a.tie[data-tie]");
    if (!tie || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const follow = function () { location.href = tie.href; };
    load("site_libs/ledger.js").then(function () {
      if (!show(tie.dataset.tie.split(":")[0], tie.href)) follow();
    }, follow);
  });

  // Charts -----------------------------------------------------------------------------------------------------
  window.tieoutCharts = {};

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
      }).then(function () {
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
    button.textContent = "Explore this chart";
    const figure = image.closest("figure");
    const caption = figure && figure.querySelector("figcaption");
    if (caption) figure.insertBefore(button, caption);
    else image.after(button);
    button.addEventListener("click", function () { upgrade(image, button); });
  });
})();

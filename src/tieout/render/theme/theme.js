// What the pages can do beyond links: the panel of a tie, interactive charts, tabs. Without it everything is readable.
(function () {
  "use strict";
  const root = document.body.dataset.root;
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
  const base = new URL(root + "/" + document.body.dataset.ledger, document.baseURI);
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

  function show(id, shown) {
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
    link.href = base.href + "#" + id;
    link.textContent = "Open in the ledger";
    more.append(link);
    panel.append(more);
    panel.showModal();
    return true;
  }

  document.addEventListener("click", function (event) {
    const tie = event.target.closest && event.target.closest("a.tie[data-tie]");
    if (!tie || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!document.body.dataset.ledger) return;
    event.preventDefault();
    const follow = function () { location.href = tie.href; };
    load("site_libs/ledger.js").then(function () {
      if (!show(tie.dataset.tie.split(":")[0])) follow();
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

  // Tabs -------------------------------------------------------------------------------------------------------
  document.querySelectorAll(".panel-tabset").forEach(function (set, number) {
    const panels = Array.from(set.querySelectorAll(":scope > .tab-pane"));
    if (!panels.length) return;
    const list = document.createElement("div");
    list.setAttribute("role", "tablist");
    const tabs = panels.map(function (section, index) {
      const heading = section.querySelector(":scope > .tab-title");
      const tab = document.createElement("button");
      tab.type = "button";
      tab.id = "tab-" + number + "-" + index;
      tab.setAttribute("role", "tab");
      tab.textContent = heading.textContent;
      heading.remove();
      section.setAttribute("role", "tabpanel");
      section.setAttribute("aria-labelledby", tab.id);
      section.tabIndex = 0;
      if (!section.id) section.id = tab.id + "-panel";
      tab.setAttribute("aria-controls", section.id);
      list.append(tab);
      return tab;
    });
    function select(index, focus) {
      tabs.forEach(function (tab, at) {
        const on = at === index;
        tab.setAttribute("aria-selected", String(on));
        tab.tabIndex = on ? 0 : -1;
        panels[at].hidden = !on;
        if (on && focus) tab.focus();
      });
    }
    tabs.forEach(function (tab, index) {
      tab.addEventListener("click", function () { select(index); });
      tab.addEventListener("keydown", function (event) {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) select((index + step + tabs.length) % tabs.length, true);
        else if (event.key === "Home") select(0, true);
        else if (event.key === "End") select(tabs.length - 1, true);
      });
    });
    set.prepend(list);
    select(0);
    panels.forEach(function (section, index) {
      section.addEventListener("tieout:reveal", function () { select(index); });
    });
  });

  // What is folded ---------------------------------------------------------------------------------------------
  // A link into a pane or a note that is not shown shows it.
  function reveal() {
    let target = null;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (error) { return; }
    if (!target) return;
    for (let at = target; at; at = at.parentElement) {
      if (at.matches("details")) at.open = true;
      else if (at.matches("[role=tabpanel][hidden]")) at.dispatchEvent(new Event("tieout:reveal"));
      else continue;
      target.scrollIntoView();
    }
  }
  addEventListener("hashchange", reveal);
  reveal();

  // Paper shows everything.
  let unfolded = [];
  addEventListener("beforeprint", function () {
    unfolded = Array.from(document.querySelectorAll("article details:not([open]), [role=tabpanel][hidden]"));
    unfolded.forEach(function (each) {
      if (each.matches("details")) each.open = true;
      else each.hidden = false;
    });
  });
  addEventListener("afterprint", function () {
    unfolded.forEach(function (each) {
      if (each.matches("details")) each.open = false;
      else each.hidden = true;
    });
    unfolded = [];
  });

  // The list of chapters is folded where it stands above the text, and open beside it.
  const chapters = document.querySelector(".chapters details");
  matchMedia("(max-width: 60rem)").addEventListener("change", function (event) {
    if (chapters) chapters.open = !event.matches;
  });

  // What scrolls by itself can be scrolled by keyboard.
  const boxes = document.querySelectorAll(".table-scroll, pre, math[display=block]");
  function reach() {
    boxes.forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }
  addEventListener("resize", reach);
  reach();
})();

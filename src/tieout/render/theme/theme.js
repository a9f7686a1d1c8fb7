// What the pages can do beyond links: tabs, folding, scrolling. Without it everything is readable.
(function () {
  "use strict";
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
    select(Math.max(0, panels.findIndex(function (section) { return section.matches(".active"); })));
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

  // Code can be copied, without the numbers of notes in it.
  document.querySelectorAll(".code-copy-button").forEach(function (button) {
    const code = button.parentElement.querySelector("code");
    if (!code || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      const copy = code.cloneNode(true);
      copy.querySelectorAll(".code-annotation-anchor").forEach(function (each) { each.remove(); });
      navigator.clipboard.writeText(copy.textContent).then(function () {
        button.classList.add("code-copy-button-checked");
        setTimeout(function () { button.classList.remove("code-copy-button-checked"); }, 1500);
      }, function () {});
    });
  });

  // A note on a line of code leads to what is said of it.
  document.querySelectorAll(".code-annotation-anchor").forEach(function (button) {
    const cell = button.dataset.targetCell, number = button.dataset.targetAnnotation;
    const selector = '[data-code-cell="' + cell + '"][data-code-annotation="' + number + '"]';
    const target = document.querySelector(selector);
    button.addEventListener("click", function () {
      if (!target) return;
      target.tabIndex = -1;
      target.focus();
    });
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

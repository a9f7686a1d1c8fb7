// Tabs: the panes of a set, one shown at a time. Without it they stand below each other.
(function () {
  "use strict";
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
})();

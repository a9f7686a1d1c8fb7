// What is folded: a link into it opens it, and paper shows all of it.
(function () {
  "use strict";
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
})();

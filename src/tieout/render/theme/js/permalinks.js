// Links to the place itself beside headings, figures and tables; and which section the reader is in.
(function () {
  "use strict";
  const make = window.tieout.make;
  function add(target, id, name) {
    target.insertBefore(make("a", { class: "permalink", href: "#" + encodeURIComponent(id), "aria-label": window.tieout.say("Link to {name}", { name }) }, "#"), target.querySelector(":scope > .downloads"));
  }
  function named(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".downloads, .permalink").forEach(function (each) { each.remove(); });
    return copy.textContent.trim().replace(/\s+/g, " ").slice(0, 80) || "this place";
  }

  document.querySelectorAll("article :is(h2, h3, h4)").forEach(function (heading) {
    const id = heading.id || (heading.parentElement.matches("section[id]") && heading.parentElement.id);
    if (id && !heading.closest(".ledger-entry")) add(heading, id, named(heading));
  });
  document.querySelectorAll("article :is(figure, table)").forEach(function (each) {
    const caption = each.querySelector("figcaption, caption");
    const holder = each.id ? each : each.closest("[id]:is(div, figure)");
    if (caption && holder && caption.closest("figure, table") === each) add(caption, holder.id, named(caption));
  });

  const links = new Map(Array.from(document.querySelectorAll(".on-page a")).map(function (link) {
    return [document.getElementById(decodeURIComponent(link.hash.slice(1))), link];
  }));
  links.delete(null);
  if (!links.size || !window.IntersectionObserver) return;
  function mark() {
    let current = null;
    links.forEach(function (link, heading) {
      if (heading.getBoundingClientRect().top < innerHeight * 0.3) current = link;
      link.removeAttribute("aria-current");
    });
    if (current) current.setAttribute("aria-current", "location");
    contents.classList.toggle("is-covered", Array.from(wide).some(covers));
  }
  // What is wide stands over the contents while it passes: half of them would be seen.
  const contents = document.querySelector(".on-page details");
  const wide = document.querySelectorAll("article :is(.sourceCode, .code-copy-outer-scaffold, .code-fold, .cell-output)");
  function covers(each) {
    const [box, place] = [each.getBoundingClientRect(), contents.getBoundingClientRect()];
    return box.left < place.right && box.right > place.left && box.top < place.bottom && box.bottom > place.top;
  }
  let waiting = false;
  addEventListener("scroll", function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () {
      waiting = false;
      mark();
    });
  }, { passive: true });
  mark();
})();

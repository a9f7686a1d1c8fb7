// References and footnotes show beside what refers to them, on hover and on focus; Escape takes them away.
(function () {
  "use strict";
  const make = window.tieout.make;
  const card = make("div", { class: "note-card", role: "tooltip", id: "note-card" });
  let link = null;
  let wait = 0;

  // What a link leads to on this page, or in the list of references that search has beside it.
  function body(target) {
    const note = document.getElementById(decodeURIComponent(target.hash.slice(1)));
    if (!note || target.href.split("#")[0] !== location.href.split("#")[0]) return null;
    const copy = note.cloneNode(true);
    copy.querySelectorAll(".footnote-back, .permalink").forEach(function (each) { each.remove(); });
    copy.querySelectorAll("[id]").forEach(function (each) { each.removeAttribute("id"); });
    copy.querySelectorAll("a").forEach(function (each) { each.replaceWith(...each.childNodes); });
    return Array.from(copy.childNodes);
  }

  function show(target, content) {
    hide();
    link = target;
    card.replaceChildren(...content);
    (document.querySelector("main") || document.body).append(card);
    link.setAttribute("aria-describedby", "note-card");
    const box = link.getBoundingClientRect();
    const left = Math.max(16, Math.min(box.left, document.documentElement.clientWidth - card.offsetWidth - 16));
    const below = box.bottom + card.offsetHeight + 12 < innerHeight;
    card.style.left = left + scrollX + "px";
    card.style.top = (below ? box.bottom + 6 : box.top - card.offsetHeight - 6) + scrollY + "px";
  }
  function hide() {
    clearTimeout(wait);
    if (link) link.removeAttribute("aria-describedby");
    link = null;
    card.remove();
  }

  function offer(target) {
    const here = body(target);
    if (here) return show(target, here);
    const key = decodeURIComponent(target.hash.slice(1));
    window.tieout.load("site_libs/search-index.js").then(function () {
      const text = window.tieoutSearch.references[key];
      if (text && target.matches(":hover, :focus")) show(target, [text]);
    }, function () { /* the link leads to it */ });
  }

  document.querySelectorAll("article .citation a[href*='#ref-'], article a.footnote-ref").forEach(function (each) {
    each.addEventListener("mouseenter", function () {
      clearTimeout(wait);
      wait = setTimeout(function () { offer(each); }, 150);
    });
    each.addEventListener("focus", function () { offer(each); });
    each.addEventListener("blur", hide);
    each.addEventListener("mouseleave", function () {
      clearTimeout(wait);
      wait = setTimeout(function () { if (!card.matches(":hover")) hide(); }, 200);
    });
  });
  card.addEventListener("mouseleave", hide);
  addEventListener("keydown", function (event) {
    if (event.key === "Escape" && link) {
      if (!event.target.closest(".tie-panel")) event.preventDefault(); // else it is the panel's as well
      hide();
    }
  }, true);
})();

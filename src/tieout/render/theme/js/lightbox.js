// A picture of the class `lightbox` opens over the page; the arrow keys go on to the others of its group.
(function () {
  "use strict";
  const links = Array.from(document.querySelectorAll("a.lightbox"));
  if (!links.length) return;
  const make = window.tieout.make;
  const picture = make("img", {});
  const words = make("p", {});
  const close = make("button", { type: "button", "aria-label": "Close" });
  close.textContent = "×";
  const box = make("dialog", { class: "lightbox-box", "aria-label": "Picture" });
  box.append(close, picture, words);
  let shown = 0;

  function show(index) {
    shown = index;
    const link = links[index];
    const inner = link.querySelector("img");
    const figure = link.closest("figure");
    const caption = figure && figure.querySelector("figcaption");
    picture.src = link.href;
    picture.alt = inner ? inner.alt : "";
    words.textContent = caption ? caption.textContent : "";
    words.hidden = !caption;
    if (!box.open) {
      document.body.append(box);
      box.showModal();
    }
  }
  function step(by) {
    const group = links[shown].dataset.gallery;
    if (!group) return;
    const all = links.filter(function (each) { return each.dataset.gallery === group; });
    const at = (all.indexOf(links[shown]) + by + all.length) % all.length;
    show(links.indexOf(all[at]));
  }

  links.forEach(function (link, index) {
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(index);
    });
  });
  box.addEventListener("click", function () { box.close(); });
  box.addEventListener("close", function () { links[shown].focus(); });
  box.addEventListener("keydown", function (event) {
    if (event.key === "ArrowRight") step(1);
    if (event.key === "ArrowLeft") step(-1);
  });
})();

// Charts: a picture is drawn into the page, in its fonts and colours: the first at once, then the rest. Marks of numbers
// open their panels. A chart with selections or tooltips of its own becomes the one that its notebook stored, when asked.
(function () {
  "use strict";
  const { load, make } = window.tieout;
  const PARTS = "svg g path rect line text tspan circle ellipse polygon polyline defs clipPath title desc".split(" ");
  // The colours that have a form for dark pages; a chart with others stays on white.
  const TONES = ("none transparent #1f2a37 #5b6673 #7c848d #aab6c2 #b9c0c7 #d9dee4 #e6eef4 #ffffff " +
    "#1f5f8b #8fb4cf #8a4508 #d0701c #e39a52 #f0c493 #3f937c #8a5a9e #b3423f").split(" ");
  window.tieoutCharts = {};
  window.tieoutPictures = {};

  // Screens that see the narrow picture get the narrow chart.
  function isNarrow(image) {
    const source = image.parentElement.querySelector("source[media]");
    return Boolean(source) && matchMedia(source.media).matches;
  }

  function stand(image, holder) {
    (image.closest("picture") || image).after(holder);
    image.hidden = true;
    image.style.display = "none";
  }

  // The picture as part of the page; one with parts that no chart has stays as it is.
  function parsed(text) {
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    const known = [svg, ...svg.querySelectorAll("*")].every(function (each) {
      return PARTS.includes(each.localName) && !Array.from(each.attributes).some(function (attribute) {
        return /^on|href$|^style$/i.test(attribute.name);
      });
    });
    return known ? document.importNode(svg, true) : null;
  }

  // Text without a colour is black.
  function isOurs(svg) {
    return Array.from(svg.querySelectorAll("[fill], [stroke], text")).every(function (each) {
      return ["fill", "stroke"].every(function (name) {
        const colour = each.getAttribute(name);
        return colour === null ? name === "stroke" || each.localName !== "text" : TONES.includes(colour);
      });
    });
  }

  // The entry of a mark: of a drawn one, or of one that Vega has made.
  function idOf(mark) {
    const item = mark && (mark.datum ? mark : mark.__data__);
    const id = (mark && mark.dataset && mark.dataset.entry) || (item && item.datum && item.datum.id);
    return typeof id === "string" && id ? id.split(",")[0].trim() : null;
  }
  function nameOf(mark) {
    if (mark.dataset.entry) return mark.getAttribute("aria-label");
    const datum = mark.__data__.datum;
    return [datum.label, datum.text].filter(Boolean).join(": ") || datum.id;
  }

  // One stop of the Tab key for a chart: arrows lead from mark to mark, Enter opens what a mark stands for.
  function keyboard(holder) {
    const seen = new Set();
    const all = Array.from(holder.querySelectorAll("svg *")).filter(function (mark) {
      return mark.localName !== "g" && idOf(mark);
    });
    const marks = all.filter(function (mark) {
      return !seen.has(idOf(mark)) && seen.add(idOf(mark));
    });
    if (!marks.length) return;
    holder.setAttribute("role", "group");
    holder.setAttribute("tabindex", "0");
    all.forEach(function (mark) {
      if (!mark.dataset.entry) return; // Vega's have tooltips
      mark.append(Object.assign(document.createElementNS("http://www.w3.org/2000/svg", "title"), {
        textContent: nameOf(mark),
      }));
      if (!marks.includes(mark)) mark.setAttribute("aria-hidden", "true");
    });
    holder.querySelectorAll("svg text:not([data-entry])").forEach(function (text) {
      text.setAttribute("aria-hidden", "true"); // the name of the chart says it
    });
    marks.forEach(function (mark) {
      mark.setAttribute("tabindex", "-1");
      mark.setAttribute("role", "button");
      mark.removeAttribute("aria-roledescription");
      mark.setAttribute("aria-label", nameOf(mark));
    });
    holder.onkeydown = function (event) {
      const at = marks.indexOf(event.target);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      const wanted = event.key === "Enter" || event.key === " ";
      if (wanted && at >= 0) window.tieout.open(null, idOf(marks[at]));
      else if (wanted || step) marks[at < 0 ? 0 : (at + (step || 0) + marks.length) % marks.length].focus();
      else return;
      event.preventDefault();
    };
  }

  // A finger needs no aim: a mark is opened by what is near it.
  const NEAR = 20;
  function nearest(holder, event) {
    let found = null, least = NEAR;
    holder.querySelectorAll("[data-entry]").forEach(function (mark) {
      const box = mark.getBoundingClientRect();
      const x = Math.max(box.left - event.clientX, 0, event.clientX - box.right);
      const y = Math.max(box.top - event.clientY, 0, event.clientY - box.bottom);
      if (Math.hypot(x, y) < least) [found, least] = [mark, Math.hypot(x, y)];
    });
    return event.target.closest("[data-entry]") || found;
  }

  // The chart as its notebook stored it: beside its pictures, or alone, as on Quarto's pages.
  function specification(image) {
    const chart = image.dataset.chart;
    return load(chart).then(function () {
      const name = window.tieoutPictures[chart] ? chart.replace(/js$/, "vl.js") : chart;
      return load(name).then(function () { return window.tieoutCharts[name]; });
    });
  }

  function draw(image) {
    load(image.dataset.chart).then(function () {
      const pictures = window.tieoutPictures[image.dataset.chart];
      if (image.hidden) return;
      if (!pictures) { // as on Quarto's pages
        awaken(image, image);
        return;
      }
      const holder = make("div", { class: "chart chart-drawn", role: "img", "aria-label": image.alt });
      const fill = function () {
        const svg = parsed(isNarrow(image) && pictures.narrow ? pictures.narrow : pictures.wide);
        if (!svg) return false;
        [svg, ...svg.querySelectorAll("[role]")].forEach(function (part) { // Vega's, without names
          part.removeAttribute("role");
          part.removeAttribute("aria-roledescription");
        });
        if (!svg.querySelector("[data-entry]")) svg.setAttribute("aria-hidden", "true");
        holder.classList.toggle("chart-plain", !isOurs(svg));
        holder.replaceChildren(svg);
        keyboard(holder);
        return true;
      };
      if (!fill()) return;
      stand(image, holder);
      holder.addEventListener("click", function (event) {
        const mark = nearest(holder, event);
        if (mark) window.tieout.open(null, idOf(mark));
      });
      const source = image.parentElement.querySelector("source[media]");
      if (source) matchMedia(source.media).addEventListener("change", fill);
      if (pictures.more) awaken(image, holder);
    }).catch(function () { /* the picture stays */ });
  }

  function awaken(image, shown) {
    shown.setAttribute("tabindex", "0");
    ["pointerenter", "focus"].forEach(function (name) {
      shown.addEventListener(name, function () { upgrade(image, shown); }, { once: true });
    });
  }

  function upgrade(image, drawn) {
    const chart = image.dataset.chart;
    if (drawn.dataset.asked) return;
    drawn.dataset.asked = "yes";
    Promise.all([specification(image), load("site_libs/vega.js")]).then(function ([whole]) {
      const narrow = isNarrow(image) && whole.usermeta && whole.usermeta.narrow;
      const spec = Object.assign({}, narrow || whole);
      delete spec.usermeta; // a chart does not say how the page shows it
      spec.background = "transparent";
      spec.config = Object.assign({}, spec.config, {
        font: getComputedStyle(document.documentElement).getPropertyValue("--tie-font"),
      });
      const holder = make("div", { class: "chart", "data-figure": chart });
      (drawn === image ? image.closest("picture") || image : drawn).after(holder);
      return window.vegaEmbed(holder, spec, {
        actions: false, renderer: "svg", ast: true, tooltip: { theme: "light" },
      }).then(function (shown) {
        shown.view.addEventListener("click", function (event, mark) {
          if (idOf(mark)) window.tieout.open(null, idOf(mark));
        });
        holder.setAttribute("aria-label", image.alt); // Vega gives it its role
        holder.classList.toggle("chart-plain", !isOurs(holder));
        const focused = document.activeElement === drawn;
        if (drawn === image) stand(image, holder);
        else drawn.remove();
        keyboard(holder);
        if (focused) holder.focus();
      }, function () { holder.remove(); });
    }).catch(function () { /* the drawing stays */ });
  }

  window.tieout.specification = specification;
  const AT_ONCE = 8; // before the page counts as loaded, and is printed
  const waiting = Array.from(document.querySelectorAll("img[data-chart]"));
  function rest() {
    waiting.splice(0).forEach(draw);
  }
  waiting.splice(0, AT_ONCE).forEach(draw);
  if (document.readyState === "complete") rest();
  else window.addEventListener("load", rest);
  window.addEventListener("beforeprint", rest);
})();

// Charts: a picture is drawn into the page, in its fonts and colours, when it comes near. It becomes the chart that its
// notebook stored beside it when a reader asks; there each mark that stands for a number opens its panel.
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

  function draw(image) {
    load(image.dataset.chart).then(function () {
      const pictures = window.tieoutPictures[image.dataset.chart];
      if (!pictures || image.hidden) return;
      const holder = make("div", { class: "chart chart-drawn", role: "img", "aria-label": image.alt });
      const fill = function () {
        const svg = parsed(isNarrow(image) && pictures.narrow ? pictures.narrow : pictures.wide);
        if (!svg) return false;
        svg.removeAttribute("role");
        svg.setAttribute("aria-hidden", "true");
        holder.classList.toggle("chart-plain", !isOurs(svg));
        holder.replaceChildren(svg);
        return true;
      };
      if (!fill()) return;
      stand(image, holder);
      const source = image.parentElement.querySelector("source[media]");
      if (source) matchMedia(source.media).addEventListener("change", fill);
    }).catch(function () { /* the picture stays */ });
  }

  function idOf(item) {
    const id = item && item.datum && item.datum.id;
    return typeof id === "string" ? id.split(",")[0].trim() : null;
  }

  // The marks that stand for numbers: one stop of the Tab key for all, arrows from one to the next, Enter opens.
  function keyboard(holder) {
    const seen = new Set();
    const marks = Array.from(holder.querySelectorAll("svg *")).filter(function (mark) {
      const id = idOf(mark.__data__);
      if (!id || seen.has(id) || mark.localName === "g") return false;
      return seen.add(id);
    });
    marks.forEach(function (mark, index) {
      const datum = mark.__data__.datum;
      mark.setAttribute("tabindex", index ? "-1" : "0");
      mark.setAttribute("role", "button");
      mark.removeAttribute("aria-roledescription");
      mark.setAttribute("aria-label", [datum.label, datum.text].filter(Boolean).join(": ") || datum.id);
      mark.addEventListener("keydown", function (event) {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (event.key === "Enter" || event.key === " ") window.tieout.open(null, idOf(mark.__data__));
        else if (step) {
          const next = marks[(index + step + marks.length) % marks.length];
          mark.setAttribute("tabindex", "-1");
          next.setAttribute("tabindex", "0");
          next.focus();
        } else return;
        event.preventDefault();
      });
    });
  }

  function upgrade(image, button) {
    const chart = image.dataset.chart;
    button.disabled = true;
    Promise.all([load("site_libs/vega.js"), load(chart)]).then(function () {
      const whole = window.tieoutCharts[chart];
      const narrow = isNarrow(image) && whole.usermeta && whole.usermeta.narrow;
      const spec = Object.assign({}, narrow || whole);
      delete spec.usermeta; // a chart does not say how the page shows it
      spec.background = "transparent";
      spec.config = Object.assign({}, spec.config, {
        font: getComputedStyle(document.documentElement).getPropertyValue("--tie-font"),
      });
      const holder = make("div", { class: "chart", "data-figure": chart });
      const drawn = (image.closest("picture") || image).parentElement.querySelector(".chart-drawn");
      (image.closest("picture") || image).after(holder);
      return window.vegaEmbed(holder, spec, {
        actions: false, renderer: "svg", ast: true, tooltip: { theme: "light" },
      }).then(function (shown) {
        shown.view.addEventListener("click", function (event, mark) {
          if (idOf(mark)) window.tieout.open(null, idOf(mark));
        });
        holder.setAttribute("aria-label", image.alt); // Vega gives it its role
        holder.classList.toggle("chart-plain", !isOurs(holder));
        if (drawn) drawn.remove();
        stand(image, holder);
        keyboard(holder);
        button.remove();
      }, function () { holder.remove(); });
    }).catch(function () { button.remove(); });
  }

  const near = "IntersectionObserver" in window && new IntersectionObserver(function (entries) {
    entries.filter(function (each) { return each.isIntersecting; }).forEach(function (each) {
      near.unobserve(each.target);
      draw(each.target);
    });
  }, { rootMargin: "1200px" });

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
    if (near) near.observe(image);
  });
})();

// While the page is read in: lists of contents that stand above the text, not beside it, are folded into one line.
document.querySelectorAll("[data-folds]:not([data-folded])").forEach(function (list) {
  "use strict";
  const narrow = matchMedia("(max-width: " + list.dataset.folds + ")");
  list.dataset.folded = "";
  list.open = !narrow.matches;
  narrow.addEventListener("change", function () { list.open = !narrow.matches; });
});

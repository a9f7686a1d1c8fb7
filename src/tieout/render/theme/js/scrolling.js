// What scrolls by itself can be scrolled by keyboard.
(function () {
  "use strict";
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

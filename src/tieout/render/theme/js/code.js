// Code: copied by a button, and its notes lead to what is said of them.
(function () {
  "use strict";
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
})();

// Before the page is drawn: the reader's choice of light or dark, where there is one. No script is inline.
(function () {
  "use strict";
  try {
    const theme = localStorage.getItem("tieout-theme");
    if (theme) document.documentElement.dataset.theme = theme;
  } catch (error) { /* a page that may keep nothing follows the system */ }
})();

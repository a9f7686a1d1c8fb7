// Before the page is drawn: the list of chapters is folded where it stands above the text. No script is inline.
if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".chapters details").open = false;

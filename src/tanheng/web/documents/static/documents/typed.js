// When work in the background ends, the page comes anew by itself; not over what somebody has begun to type.
// Without this file the page says that the work has ended and leads on.
"use strict";
(() => {
  let typed = false;
  document.addEventListener("input", () => {
    typed = true;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const ended = event.detail.requestConfig.elt.id === "job" && event.detail.target.id === "main";
    if (ended && typed) event.detail.shouldSwap = false;
  });
})();

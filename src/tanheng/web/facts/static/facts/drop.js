// Files may be dropped on the form and are listed before they are sent. Without this file the file input does it.
"use strict";
(() => {
  const list = (form) => {
    const input = form.querySelector("input[type=file][name=workbook]");
    const shown = form.querySelector(".drop-list");
    if (!shown) return;
    shown.replaceChildren(...[...input.files].map((file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name} · ${Math.max(1, Math.round(file.size / 1024))} KB`;
      return item;
    }));
  };
  const prepare = (form) => {
    const zone = form.querySelector(".drop-zone");
    const input = zone.querySelector("input[type=file]");
    zone.classList.add("ready");
    zone.querySelector(".drop-hint").hidden = false;
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
    }
    for (const name of ["dragleave", "drop"]) {
      zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.remove("over"); });
    }
    zone.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
    input.addEventListener("change", () => list(form));
    form.addEventListener("submit", () => { form.querySelector("button").disabled = true; });
    window.addEventListener("pageshow", () => { form.querySelector("button").disabled = false; });
  };
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form[data-drop]").forEach(prepare));
})();

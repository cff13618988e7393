// Clicking a heading leads to the choice for its column, clicking the unit's cell names it. Without this file the
// fields below the sheet do the same.
"use strict";
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("learn");
    const grid = form && form.querySelector(".learn-grid");
    if (!grid) return;
    const modes = form.querySelector(".learn-modes");
    modes.hidden = false;
    grid.classList.add("clickable");
    const field = (name) => form.querySelector(`[name="${name}"]`);
    const draw = () => {
      const first = Number(field("first").value), last = Number(field("last").value);
      grid.querySelectorAll("tr[data-row]").forEach((row) => {
        row.classList.toggle("header", Number(row.dataset.row) >= first && Number(row.dataset.row) <= last);
      });
      grid.querySelectorAll("td").forEach((cell) => {
        cell.classList.toggle("cell", cell.dataset.cell === field("unit_cell").value);
      });
    };
    const heading = (cell) => {
      const row = Number(cell.parentElement.dataset.row);
      const first = Number(field("first").value), last = Number(field("last").value);
      if (row < first || row > last) {
        const near = row === first - 1 || row === last + 1;
        field("first").value = near ? Math.min(first, row) : row;
        field("last").value = near ? Math.max(last, row) : row;
        form.querySelector("button[value=show]").click();
        return;
      }
      const line = document.getElementById(`column-${cell.dataset.cell.replace(/[0-9]/g, "")}`);
      if (!line) return;
      line.scrollIntoView({ block: "center" });
      line.querySelector("select").focus();
    };
    grid.querySelectorAll("td").forEach((cell) => {
      cell.tabIndex = cell.textContent ? 0 : -1;
      const act = () => {
        if (form.querySelector("[name=mode]:checked").value === "unit") {
          field("unit_cell").value = cell.dataset.cell;
          draw();
        } else {
          heading(cell);
        }
      };
      cell.addEventListener("click", act);
      cell.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); act(); } });
    });
    draw();
  });
})();

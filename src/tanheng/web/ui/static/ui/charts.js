// Draws every chart whose option stands beside it. Without this file the table below says the same.
"use strict";
(() => {
  const draw = (frame) => {
    const place = frame.querySelector(".chart-drawn");
    const option = document.getElementById(`${frame.dataset.chart}-option`);
    if (!place || !option || place.dataset.drawn) return;
    place.hidden = false;
    place.dataset.drawn = "yes";
    const chart = echarts.init(place, null, { renderer: "canvas" });
    chart.setOption(JSON.parse(option.textContent));
    new ResizeObserver(() => chart.resize()).observe(place);
    window.addEventListener("beforeprint", () => chart.resize());
  };
  const drawAll = () => document.querySelectorAll("figure[data-chart]").forEach(draw);
  document.addEventListener("DOMContentLoaded", drawAll);
  document.addEventListener("htmx:afterSwap", drawAll);
})();

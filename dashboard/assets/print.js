/* A chart is as wide as the window; for paper it is drawn again at 182 mm, then back. */
(function () {
  "use strict";
  const PAPER = 688;

  function charts(draw) {
    if (window.Plotly) {
      document.querySelectorAll(".js-plotly-plot").forEach(draw);
    }
  }

  window.addEventListener("beforeprint", function () {
    charts((chart) => window.Plotly.relayout(chart, { width: PAPER, height: 330, autosize: false }));
  });
  window.addEventListener("afterprint", function () {
    charts((chart) =>
      window.Plotly.relayout(chart, { width: null, height: chart.clientHeight, autosize: true })
    );
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("#print")) {
      window.print();
    }
  });
})();

/* The browser's side of the pages: the title, and controls that write the address. */
(function () {
  "use strict";

  /* A control that only shows what is shown writes nothing: the address stays short, and
     the way back stays one step. */
  function writes(name) {
    return function (value, search, shown) {
      const chosen = value === null || value === undefined ? "" : String(value);
      const known = shown && shown[name] !== null && shown[name] !== undefined ? String(shown[name]) : "";
      if (chosen === known) {
        return window.dash_clientside.no_update;
      }
      const parts = new URLSearchParams(search || "");
      if (chosen) {
        parts.set(name, chosen);
      } else {
        parts.delete(name);
      }
      parts.delete("rows");
      if (name === "year") {
        ["as_of", "known_at", "unit", "light"].forEach((other) => parts.delete(other));
      }
      const text = parts.toString();
      return text ? "?" + text : "";
    };
  }

  let lastPath = null;

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    address: {
      year: writes("year"),
      as_of: writes("as_of"),
      known_at: writes("known_at"),
      unit: writes("unit"),
    },
    page: {
      title: function (title, path) {
        if (title) {
          document.title = title;
        }
        if (lastPath !== null && lastPath !== path) {
          const main = document.getElementById("main");
          if (main) {
            main.focus({ preventScroll: true });
          }
        }
        lastPath = path;
        return window.dash_clientside.no_update;
      },
    },
  });
})();

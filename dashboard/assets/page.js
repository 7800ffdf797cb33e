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
        ["as_of", "known_at", "unit", "light", "month", "words"].forEach((other) => parts.delete(other));
      }
      const text = parts.toString();
      return text ? "?" + text : "";
    };
  }

  let lastPath = null;
  let lastFocus = "";

  document.addEventListener("focusin", function (event) {
    if (event.target.id || event.target.tagName === "A") {
      lastFocus = event.target.id;
    }
  });

  /* A new picture replaces the old one with all that was in it: the focus goes back to the
     control that asked for it, as soon as that is there again, and on a new page to its
     beginning. */
  function settle(path) {
    const moved = lastPath !== null && lastPath !== path;
    lastPath = path;
    giveFocus(moved ? "main" : lastFocus, 20);
  }

  function giveFocus(id, tries) {
    const next = id && document.getElementById(id);
    const free = id === "main" || !document.activeElement || document.activeElement === document.body;
    if (next && free) {
      next.focus({ preventScroll: true });
    }
    if (id && tries > 0 && free && document.activeElement !== next) {
      window.setTimeout(giveFocus, 50, id, tries - 1);
    }
  }

  /* The calendar names its buttons in English, whatever its language. */
  const WORDS = {
    "Previous month": "上个月",
    "Next month": "下个月",
    "Close calendar": "关闭日历",
    "Clear date": "清除日期",
  };

  function translate() {
    document.querySelectorAll("[aria-label]").forEach(function (one) {
      const word = WORDS[one.getAttribute("aria-label")];
      if (word) {
        one.setAttribute("aria-label", word);
      }
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(translate).observe(document.body, { childList: true, subtree: true });
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    address: {
      year: writes("year"),
      as_of: writes("as_of"),
      known_at: writes("known_at"),
      unit: writes("unit"),
      month: writes("month"),
      least: writes("least"),
      most: writes("most"),
      words: writes("words"),
    },
    page: {
      title: function (title, path) {
        if (title) {
          document.title = title;
        }
        window.setTimeout(settle, 60, path);
        return window.dash_clientside.no_update;
      },
    },
  });
})();

/* Buttons that do something: what they say, what is typed beside them, and what is listed with
   them goes to the service in one piece; the page comes back with a sentence, which is read out. */
(function () {
  "use strict";

  const GIVE_UP_MS = 20000;
  let busySince = 0;

  function fieldsOf(button) {
    const form = button.closest("[data-form]");
    const fields = {};
    if (form) {
      form.querySelectorAll("input[name], select[name]").forEach(function (field) {
        fields[field.name] = field.value;
      });
    }
    return fields;
  }

  function listedWith(button) {
    const section = button.closest("section");
    const rows = section ? [...section.querySelectorAll("[data-question]")] : [];
    return rows.map((row) => Object.assign({}, row.dataset)).filter((told) => told.proposal);
  }

  function act(button) {
    const now = Date.now();
    if (now - busySince < GIVE_UP_MS) {
      return;
    }
    busySince = now;
    const told = Object.assign({}, button.dataset);
    const whole = told.do.endsWith("_all");
    window.dash_clientside.set_props("act", {
      data: {
        told: told,
        fields: fieldsOf(button),
        listed: whole ? listedWith(button) : [],
        nonce: now + Math.random(),
      },
    });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-do]");
    if (button) {
      act(button);
    }
  });

  /* Enter in a field presses the form's button. */
  document.addEventListener("keydown", function (event) {
    const form = event.key === "Enter" && event.target.matches("input") && event.target.closest("[data-form]");
    const button = form && form.querySelector("button[data-do]");
    if (button) {
      event.preventDefault();
      act(button);
    }
  });

  function readOut(tries) {
    const said = document.getElementById("said");
    if (said) {
      said.focus({ preventScroll: false });
    } else if (tries > 0) {
      window.setTimeout(readOut, 50, tries - 1);
    }
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    acts: {
      hush: function () {
        return null;
      },
      done: function () {
        busySince = 0;
        window.setTimeout(readOut, 30, 20);
        return window.dash_clientside.no_update;
      },
    },
  });
})();

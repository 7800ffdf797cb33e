/* 未认领支付 in the browser: lines are chosen, windows opened, filled and read. What is done goes
   the way of every act (acts.js); amounts are counted in cents, never as fractions. All words come
   from the page. */
(function () {
  "use strict";

  function within(target, selector) {
    return target && target.closest ? target.closest(selector) : null;
  }

  function all(selector, root) {
    return Array.from((root || document).querySelectorAll(selector));
  }

  function words() {
    const held = document.getElementById("claim-words");
    return held ? JSON.parse(held.dataset.words) : {};
  }

  /* ---- Fields: the page leaves places for them, since Dash has none that are left alone ---- */

  function draw() {
    all("[data-input]").forEach(function (place) {
      let field = place.firstElementChild;
      if (!field) {
        field = document.createElement("input");
        field.type = place.dataset.input;
        field.autocomplete = "off";
        field.name = place.dataset.name || "";
        field.value = place.dataset.value || "";
        field.placeholder = place.dataset.hint || "";
        if (place.dataset.list) {
          field.setAttribute("list", place.dataset.list);
        }
        place.append(field);
      }
      if (place.dataset.label) {
        field.setAttribute("aria-label", place.dataset.label);
      }
    });
  }

  function field(root, name) {
    return root.querySelector('[data-name="' + name + '"] input');
  }

  /* ---- Money ---- */

  function centsOf(text) {
    const plain = String(text).replace(/[,，\s]/g, "");
    const parts = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(plain);
    if (!parts) {
      return null;
    }
    const cents = BigInt(parts[2]) * 100n + BigInt((parts[3] || "").padEnd(2, "0"));
    return parts[1] ? -cents : cents;
  }

  function plain(cents) {
    const size = cents < 0n ? -cents : cents;
    return (cents < 0n ? "-" : "") + size / 100n + "." + String(size % 100n).padStart(2, "0");
  }

  function shown(cents) {
    return plain(cents).replace(/\B(?=(\d{3})+(?=\.))/g, ",");
  }

  /* ---- What is chosen: it stays from page to page of one list ---- */

  const chosen = new Map();
  let scope = "";
  let last = null;

  function section() {
    return document.querySelector("section[data-scope]");
  }

  function rows() {
    return all("tr[data-line]", section());
  }

  function boxOf(row) {
    return row.querySelector('[data-pick="one"] input');
  }

  function choose(row, on) {
    if (on) {
      chosen.set(row.dataset.line, { cents: BigInt(row.dataset.whole || row.dataset.cents), about: row.dataset.about });
    } else {
      chosen.delete(row.dataset.line);
    }
  }

  function picked(box, event) {
    const place = within(box, "[data-pick]");
    const row = within(box, "tr[data-line]");
    if (place.dataset.pick === "all") {
      rows().filter(boxOf).forEach((one) => choose(one, box.checked));
    } else if (row) {
      const between = event.shiftKey && last ? range(last, row) : [row];
      between.filter(boxOf).forEach((one) => choose(one, box.checked));
      last = row.dataset.line;
    }
    showChosen();
  }

  function range(line, row) {
    const list = rows();
    const from = list.findIndex((one) => one.dataset.line === line);
    const to = list.indexOf(row);
    return from < 0 ? [row] : list.slice(Math.min(from, to), Math.max(from, to) + 1);
  }

  function showChosen() {
    const here = section();
    if (!here) {
      return;
    }
    if (here.dataset.scope !== scope) {
      scope = here.dataset.scope;
      chosen.clear();
    }
    const boxes = rows().filter(boxOf);
    boxes.forEach(function (row) {
      const on = chosen.has(row.dataset.line);
      boxOf(row).checked = on;
      row.classList.toggle("is-chosen", on);
    });
    const whole = here.querySelector('[data-pick="all"] input');
    if (whole) {
      const count = boxes.filter((row) => chosen.has(row.dataset.line)).length;
      whole.checked = count > 0 && count === boxes.length;
      whole.indeterminate = count > 0 && count < boxes.length;
    }
    const bar = here.querySelector(".chosen");
    if (bar) {
      bar.hidden = chosen.size === 0;
      const says = bar.querySelector("[data-says]");
      const sentence = summed(says.dataset.says);
      if (says.textContent !== sentence) {
        says.textContent = sentence;
      }
    }
  }

  function summed(sentence) {
    let sum = 0n;
    chosen.forEach((one) => (sum += one.cents));
    return sentence.replace("{n}", chosen.size).replace("{sum}", shown(sum));
  }

  /* ---- Windows ---- */

  let opened = null; /* which lines, or which rule, the open window is about */

  function dialogOf(name) {
    return document.getElementById("dialog-" + name);
  }

  function openDialog() {
    return document.querySelector("dialog.dialog[open]");
  }

  function part(dialog, name) {
    return dialog.querySelector(".dialog__" + name);
  }

  function refuse(dialog, sentence) {
    part(dialog, "refused").textContent = sentence;
  }

  function open(button) {
    const basic = button.dataset.window === "basic";
    const name = basic ? "claim" : button.dataset.window;
    const dialog = dialogOf(name);
    const row = within(button, "tr[data-line]");
    const many = button.dataset.many;
    if (!dialog) {
      return;
    }
    draw();
    opened = {
      lines: many ? Array.from(chosen.keys()) : row ? [row.dataset.line] : [],
      number: button.dataset.number,
      row: row,
      button: button,
    };
    all("[data-input]", dialog).forEach(function (place) {
      place.firstElementChild.value = place.dataset.value || "";
    });
    refuse(dialog, "");
    part(dialog, "about").textContent = many
      ? summed(section().querySelector("[data-says]").dataset.says)
      : (row && row.dataset.about) || button.dataset.about || "";
    if (basic) {
      field(dialog, "owner").value = labelOf("basic");
      field(dialog, "reason").value = words().basic;
    }
    if (name === "split") {
      fillParts(dialog, row);
    }
    if (name === "rule") {
      fillRule(dialog, row);
    }
    dialog.showModal();
    const first = name === "rule" && row ? field(dialog, "owner") : all("input", dialog).find((one) => one.offsetParent && !one.value);
    if (first) {
      first.focus();
    }
  }

  function close(dialog) {
    const back = opened && opened.button;
    dialog.close();
    opened = null;
    if (back && back.isConnected) {
      back.focus();
    }
  }

  /* ---- Whose: a project is typed in part and chosen from the list ---- */

  function owners() {
    return all("#claim-owners option");
  }

  function labelOf(id) {
    const option = owners().find((one) => one.dataset.id === id);
    return option ? option.value : "";
  }

  function ownerOf(typed) {
    const text = typed.trim();
    const exact = owners().find((one) => one.value === text);
    if (exact || !text) {
      return exact || null;
    }
    const like = owners().filter((one) => one.value.includes(text));
    return like.length === 1 ? like[0] : null;
  }

  function owner(root) {
    const input = field(root, "owner");
    const option = ownerOf(input.value);
    if (option) {
      input.value = option.value;
    }
    return option ? option.dataset.id : null;
  }

  /* ---- Splitting ---- */

  function parts(dialog) {
    return all(".part", dialog);
  }

  function inUse(dialog) {
    return parts(dialog).filter((one) => !one.hidden);
  }

  function setPart(row, who, amount) {
    row.hidden = false;
    field(row, "owner").value = who;
    field(row, "amount").value = amount;
  }

  function fillParts(dialog, row) {
    parts(dialog).forEach(function (one) {
      one.hidden = true;
    });
    const known = JSON.parse(row.dataset.parts || "[]");
    const rows = parts(dialog);
    known.slice(0, rows.length).forEach((one, at) => setPart(rows[at], labelOf(one.owner), one.amount));
    for (let at = known.length; at < 2; at += 1) {
      setPart(rows[at], "", "");
    }
    showRemainder(dialog);
  }

  function remainder(dialog) {
    let rest = BigInt(opened.row.dataset.whole);
    inUse(dialog).forEach(function (one) {
      rest -= centsOf(field(one, "amount").value) || 0n;
    });
    return rest;
  }

  function showRemainder(dialog) {
    const whole = BigInt(opened.row.dataset.whole);
    const rest = remainder(dialog);
    const said = dialog.querySelector(".remainder");
    const complete = inUse(dialog).every((one) => field(one, "owner").value.trim() && centsOf(field(one, "amount").value));
    said.textContent = rest === 0n ? words().exact : words().remainder + " " + shown(rest);
    said.classList.toggle("remainder--off", rest !== 0n);
    said.dataset.whole = shown(whole);
    dialog.querySelector("[data-send]").disabled = rest !== 0n || !complete || !inUse(dialog).length;
  }

  function freePart(dialog) {
    const empty = inUse(dialog).find((one) => !field(one, "amount").value.trim());
    const hidden = parts(dialog).find((one) => one.hidden);
    if (!empty && hidden) {
      setPart(hidden, "", "");
    }
    return empty || hidden;
  }

  function changeParts(button) {
    const dialog = within(button, "dialog");
    const what = button.dataset.part;
    const rest = remainder(dialog);
    if (what === "drop") {
      const row = within(button, ".part");
      setPart(row, "", "");
      row.hidden = true;
    } else if (what === "add") {
      const hidden = parts(dialog).find((one) => one.hidden);
      if (hidden) {
        setPart(hidden, "", "");
        field(hidden, "owner").focus();
      }
    } else {
      const row = rest !== 0n && freePart(dialog);
      if (row) {
        field(row, "amount").value = plain(rest);
        if (what === "open") {
          field(row, "owner").value = labelOf("open");
        }
      }
    }
    showRemainder(dialog);
  }

  /* ---- Rules ---- */

  let tried = null; /* the rule that was tried last, to be set as it was tried */
  let trial = 0;

  function preview() {
    return document.getElementById("rule-preview");
  }

  /* What is shown belongs to the trial that was asked for last, or it is not shown. */
  function showTrial() {
    const shown = preview() && preview().firstElementChild;
    const current = Boolean(tried && shown && shown.dataset.trial === String(trial));
    if (preview() && preview().hidden === current) {
      preview().hidden = !current;
    }
    const send = dialogOf("rule") && dialogOf("rule").querySelector("[data-send]");
    if (send) {
      send.disabled = !(current && shown.dataset.sound);
    }
  }

  const OFTEN = ["unit", "project_code", "project_name", "document_no"];

  function fillRule(dialog, row) {
    const printed = row ? JSON.parse(row.dataset.printed || "{}") : {};
    const named = OFTEN.slice(1).some((name) => printed[name]);
    Object.keys(printed).forEach(function (name) {
      const often = OFTEN.includes(name) || (!named && name === "economic_class");
      field(dialog, name).value = often ? printed[name] : "";
      field(dialog, name).placeholder = often ? "" : printed[name];
    });
    tried = null;
    showTrial();
  }

  function ruleOf(dialog) {
    const asked = {};
    all("[data-asked] [data-name]", dialog).forEach(function (place) {
      asked[place.dataset.name] = place.firstElementChild.value.trim();
    });
    return {
      asked: asked,
      owner: owner(dialog),
      from_on: field(dialog, "from_on").value.trim(),
      search: window.location.search,
    };
  }

  function tryRule(dialog) {
    const rule = ruleOf(dialog);
    if (!rule.owner || rule.owner === "open") {
      refuse(dialog, words().notTarget);
      field(dialog, "owner").focus();
      return;
    }
    refuse(dialog, "");
    tried = JSON.stringify(rule);
    trial = Date.now();
    showTrial();
    window.dash_clientside.set_props("rule-trial", { data: Object.assign({ trial: String(trial) }, rule) });
  }

  function ruleChanged(dialog) {
    if (tried && JSON.stringify(ruleOf(dialog)) !== tried) {
      tried = null;
      showTrial();
    }
  }

  /* ---- Doing ---- */

  let busy = false;

  function tell(act, said) {
    if (busy) {
      return;
    }
    busy = true;
    window.setTimeout(function () {
      busy = false;
    }, 20000);
    const told = { do: act, said: JSON.stringify(said) };
    window.dash_clientside.set_props("act", {
      data: { told: told, fields: {}, listed: [], nonce: Date.now() + Math.random() },
    });
  }

  function lines() {
    return opened.lines.map((one) => JSON.parse(one));
  }

  function reason(dialog) {
    const input = field(dialog, "reason");
    const said = input.value.trim();
    if (!said) {
      refuse(dialog, words().reasonMissing);
      input.focus();
    }
    return said;
  }

  function withOwner(dialog, allowed) {
    const who = owner(dialog);
    if (!who || !allowed(who)) {
      refuse(dialog, words().notTarget);
      field(dialog, "owner").focus();
      return null;
    }
    return who;
  }

  const SENDS = {
    claim: function (dialog) {
      const who = withOwner(dialog, (one) => one !== "open");
      const why = who && reason(dialog);
      if (why) {
        tell("claim_lines", { lines: lines(), owner: who, reason: why });
      }
    },
    split: function (dialog) {
      const list = inUse(dialog).map((one) => ({ owner: owner(one), amount: plain(centsOf(field(one, "amount").value)) }));
      if (list.some((one) => !one.owner)) {
        refuse(dialog, words().notTarget);
        return;
      }
      const why = reason(dialog);
      if (why) {
        tell("split_line", { lines: lines(), parts: list, reason: why });
      }
    },
    withdraw: function (dialog) {
      const why = reason(dialog);
      if (why) {
        tell("withdraw_claims", { lines: lines(), reason: why });
      }
    },
    rule: function (dialog) {
      const why = reason(dialog);
      if (why && tried) {
        tell("set_rule", Object.assign({ reason: why }, JSON.parse(tried)));
      }
    },
    end: function (dialog) {
      const why = reason(dialog);
      if (why) {
        const day = field(dialog, "stops_on").value.trim();
        tell("end_rule", { number: opened.number, stops_on: day, reason: why, search: window.location.search });
      }
    },
  };

  function adopt(button) {
    const row = within(button, "tr[data-line]");
    at = rows().indexOf(row);
    const line = JSON.parse(row.dataset.line);
    tell("claim_lines", { lines: [line], owner: button.dataset.adopt, reason: button.dataset.reason });
  }

  /* ---- What came of it: a refusal stays in its window, all else closes it ---- */

  let heard = null;
  let at = -1;

  function hear() {
    const said = document.getElementById("said");
    if (!said || said === heard) {
      heard = said;
      return;
    }
    heard = said;
    busy = false;
    const dialog = openDialog();
    if (said.getAttribute("role") === "alert") {
      if (dialog) {
        refuse(dialog, said.textContent);
      }
      return;
    }
    if (dialog) {
      dialog.close();
    }
    opened = null;
    forget();
  }

  /* It is done: nothing is chosen any more, and the keyboard goes on where it was. */
  function forget() {
    chosen.clear();
    showChosen();
    const next = at >= 0 && rows()[Math.min(at, rows().length - 1)];
    at = -1;
    if (next) {
      window.setTimeout(function () {
        const target = next.querySelector("[data-adopt]") || boxOf(next);
        if (target) {
          target.focus({ preventScroll: true });
        }
      }, 400);
    }
  }

  /* ---- Listening ---- */

  document.addEventListener("click", function (event) {
    const box = within(event.target, '[data-pick] input');
    const button = within(event.target, "button");
    if (box) {
      picked(box, event);
      return;
    }
    if (!button) {
      return;
    }
    const said = button.dataset;
    const dialog = within(button, "dialog.dialog");
    if (said.window) {
      open(button);
    } else if (said.pick === "none") {
      chosen.clear();
      showChosen();
    } else if (said.adopt) {
      adopt(button);
    } else if (said.part) {
      changeParts(button);
    } else if (said.trial) {
      tryRule(dialog);
    } else if (said.close) {
      close(dialog);
    } else if (said.send) {
      refuse(dialog, "");
      SENDS[said.send](dialog);
    }
  });

  document.addEventListener("input", function (event) {
    const dialog = within(event.target, "dialog.dialog");
    if (!dialog || !opened) {
      return;
    }
    refuse(dialog, "");
    if (dialog.id === "dialog-split") {
      showRemainder(dialog);
    } else if (dialog.id === "dialog-rule") {
      ruleChanged(dialog);
    }
  });

  /* A part of a name that means one project is filled up when the field is left. */
  document.addEventListener("change", function (event) {
    const place = within(event.target, '.dialog [data-name="owner"]');
    const option = place && ownerOf(event.target.value);
    if (option) {
      event.target.value = option.value;
    }
  });

  document.addEventListener("keydown", function (event) {
    const box = within(event.target, '[data-pick="one"] input');
    const dialog = within(event.target, "dialog.dialog");
    if (box && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const list = rows().filter(boxOf);
      const next = list[list.indexOf(within(box, "tr")) + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) {
        boxOf(next).focus();
      }
    } else if (dialog && event.key === "Enter" && !event.isComposing && event.target.matches("input")) {
      event.preventDefault();
      const send = dialog.querySelector("[data-send]");
      const trial = dialog.querySelector("[data-trial]");
      if (!send.disabled) {
        send.click();
      } else if (trial) {
        trial.click();
      }
    }
  });

  function settle() {
    if (!section() && !document.getElementById("claim-words")) {
      return;
    }
    draw();
    showChosen();
    showTrial();
    hear();
  }

  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
  });
})();

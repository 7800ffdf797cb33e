/* 数据导入 in the browser: files are sent with their progress, pasted tables become files, and
   each value that was read is linked with the cell that prints it. All words come from the page. */
(function () {
  "use strict";

  /* What was clicked goes to the page's store; the number makes the same click twice two. */
  let acts = 0;

  function tell(store, act) {
    acts += 1;
    if (store === "draft-act") {
      remember();
    }
    window.dash_clientside.set_props(store, { data: Object.assign({ n: acts }, act) });
  }

  function within(target, selector) {
    return target && target.closest ? target.closest(selector) : null;
  }

  /* ---- Sending ---- */

  const ADDRESS = "/imports/files";
  const queue = [];
  let busy = false;
  let sent = [];

  function zone() {
    return document.getElementById("upload-zone");
  }

  function word(name) {
    return zone() ? zone().dataset[name.toLowerCase()] || "" : "";
  }

  function make(tag, className, words) {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = words || "";
    return element;
  }

  function line(name) {
    const item = make("li", "upload");
    const bar = make("progress", "upload__bar");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", name);
    const said = make("span", "upload__said", word("waiting"));
    item.append(make("span", "upload__name", name), bar, said);
    document.getElementById("upload-list").append(item);
    return { item: item, bar: bar, said: said };
  }

  function add(files) {
    Array.from(files).forEach(function (file) {
      queue.push({ file: file, shown: line(file.name) });
    });
    next();
  }

  function next() {
    if (busy || !zone()) {
      return;
    }
    const job = queue.shift();
    if (!job) {
      finished();
      return;
    }
    const limit = Number(zone().dataset.limit);
    if (job.file.size > limit) {
      ended(job.shown, { refused: word("tooLarge") });
      next();
    } else if (!job.file.size) {
      ended(job.shown, { refused: word("empty") });
      next();
    } else {
      busy = true;
      send(job);
    }
  }

  function send(job) {
    const form = new FormData();
    form.append("kind", document.getElementById("upload-kind").value);
    form.append("file", job.file, job.file.name);
    job.shown.said.textContent = word("sending");
    window
      .jixiaoSend(ADDRESS, form, {
        part: function (share) {
          job.shown.bar.value = share;
        },
        whole: function () {
          job.shown.bar.removeAttribute("value");
          job.shown.said.textContent = word("reading");
        },
      })
      .then(function (answer) {
        done(job, saidOf(answer));
      });
  }

  function saidOf(answer) {
    const body = answer.body;
    if (!answer.status) {
      return { refused: word("lost") };
    }
    if (body && body.files && body.files.length) {
      return body.files[0];
    }
    return { refused: answer.status === 413 ? word("tooLarge") : (body && body.detail) || word("failed") };
  }

  function done(job, answer) {
    busy = false;
    sent.push(answer);
    ended(job.shown, answer);
    next();
  }

  function ended(shown, answer) {
    shown.bar.remove();
    shown.said.textContent = answer.href ? answer.kind + (answer.known ? "，" + word("known") : "") : answer.refused;
    shown.item.classList.add(answer.href ? "upload--kept" : "upload--refused");
    if (answer.href) {
      const link = make("a", "upload__open", word("open"));
      link.href = answer.href;
      shown.item.append(link);
    } else {
      shown.said.setAttribute("role", "alert");
    }
  }

  /* One file that was kept opens at once; of several the list says which there are. */
  function finished() {
    const kept = sent.filter(function (one) {
      return one.href;
    });
    if (sent.length === 1 && kept.length === 1) {
      window.dash_clientside.set_props("location", { pathname: kept[0].href, search: "" });
    } else if (kept.length) {
      tell("uploaded", {});
    }
    sent = [];
  }

  function chooseFiles() {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.hidden = true;
    input.addEventListener("change", function () {
      add(input.files);
      input.remove();
    });
    document.body.append(input);
    input.click();
  }

  function over(event, on) {
    if (zone()) {
      event.preventDefault();
      zone().classList.toggle("drop--over", on);
    }
  }

  document.addEventListener("dragover", function (event) {
    over(event, true);
  });
  document.addEventListener("dragleave", function (event) {
    if (!event.relatedTarget) {
      over(event, false);
    }
  });
  document.addEventListener("drop", function (event) {
    over(event, false);
    if (zone() && event.dataTransfer) {
      add(event.dataTransfer.files);
    }
  });

  /* A table copied elsewhere becomes a file: with its merged cells where it has any. */
  document.addEventListener("paste", function (event) {
    if (!zone() || within(event.target, "input, textarea")) {
      return;
    }
    event.preventDefault();
    const held = event.clipboardData;
    const page = held.getData("text/html");
    const text = held.getData("text/plain");
    if (held.files.length) {
      add(held.files);
    } else if (/<t[dh][^>]*(row|col)span/i.test(page)) {
      add([pasted(page, ".html")]);
    } else if (text.trim()) {
      add([pasted(text, ".txt")]);
    } else {
      ended(line(word("pasted")), { refused: word("nothingPasted") });
    }
  });

  function pasted(content, ending) {
    const at = new Date().toTimeString().slice(0, 8).replace(/:/g, "-");
    return new File([content], word("pasted") + " " + at + ending);
  }

  /* ---- From a value to its cell and back ---- */

  let chosen = null;
  let awaited = null; /* what to come back to when the page is made anew: focus and places */

  function edit() {
    return document.getElementById("edit");
  }

  function mark(className, elements) {
    document.querySelectorAll("." + className).forEach(function (one) {
      one.classList.remove(className);
    });
    elements.forEach(function (one) {
      if (one) {
        one.classList.add(className);
      }
    });
  }

  /* Brings an element into sight inside its pane; the page itself stays where it is. */
  function reveal(element) {
    const pane = within(element, ".pane__body");
    if (!pane) {
      return;
    }
    const around = pane.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    if (box.top < around.top + 8 || box.bottom > around.bottom - 8) {
      pane.scrollTop += box.top - around.top - (around.height - Math.min(box.height, around.height)) / 2;
    }
    if (box.left < around.left || box.right > around.right) {
      pane.scrollLeft += box.left - around.left - 16;
    }
  }

  function byId(id) {
    return id ? document.getElementById(id) : null;
  }

  function choose(value, fromCell) {
    chosen = value.id;
    const cell = byId(value.dataset.cell);
    mark("is-chosen", [value]);
    mark("is-source", [cell]);
    reach(value);
    if (cell && !fromCell) {
      reveal(cell);
    }
    if (fromCell) {
      reveal(value);
    }
    fill(value);
  }

  function showCell(cell) {
    const values = (cell.dataset.values || "").split(" ").map(byId).filter(Boolean);
    reach(cell);
    mark("is-source", [cell]);
    mark("is-linked", values);
    if (values.length) {
      choose(values[0], true);
      mark("is-linked", values);
    }
  }

  /* Of each pane one element is reached by Tab, the others by the arrows. */
  function reach(element) {
    const pane = within(element, ".pane__body");
    if (!pane) {
      return;
    }
    pane.querySelectorAll('[tabindex="0"]').forEach(function (one) {
      one.tabIndex = -1;
    });
    element.tabIndex = 0;
  }

  function members(pane) {
    return Array.from(pane.querySelectorAll(".read__value, .source__value"));
  }

  function step(element, by) {
    const all = members(within(element, ".pane__body"));
    const other = all[all.indexOf(element) + by];
    if (other) {
      other.focus();
    }
  }

  /* ---- Correcting ---- */

  function part(name) {
    return edit().querySelector(".edit__" + name);
  }

  function control() {
    const shown = edit().querySelector(".edit__choice:not([hidden])");
    return shown || document.getElementById("edit-text");
  }

  function fill(value) {
    if (!edit()) {
      return;
    }
    const said = value.dataset;
    const field = said.key.split(".")[2];
    part("nothing").hidden = true;
    part("chosen").hidden = false;
    part("label").textContent = said.label;
    part("about").textContent = said.about || "";
    part("where").textContent = said.where || "";
    part("was").textContent = said.was;
    part("was").hidden = said.printed === said.now;
    part("said").textContent = said.said || "";
    const text = document.getElementById("edit-text");
    text.hidden = false;
    edit().querySelectorAll(".edit__choice").forEach(function (one) {
      one.hidden = one.dataset.choices !== field;
      if (!one.hidden) {
        text.hidden = true;
        one.value = said.now;
      }
    });
    text.value = said.now;
    text.rows = Math.min(6, Math.max(1, Math.ceil(said.now.length / 40), said.now.split("\n").length));
    edit().querySelector('[data-edit="restore"]').hidden = said.printed === said.now;
    edit().querySelector('[data-edit="leave-out"]').hidden = said.key.split(".")[1] === "h";
  }

  function startEditing() {
    if (edit() && chosen) {
      control().focus();
      if (control().select) {
        control().select();
      }
    }
  }

  function finishEditing(what) {
    const value = byId(chosen);
    if (!value) {
      return;
    }
    const key = value.dataset.key;
    if (what === "save") {
      const text = control().value;
      tell("draft-act", { do: "correct", key: key, text: text });
      awaited.text = text;
    } else {
      tell("draft-act", { do: what === "restore" ? "restore" : "leave_out", key: key });
    }
  }

  function options() {
    const said = {};
    document.querySelectorAll("[id^=option-]").forEach(function (one) {
      if ("value" in one) {
        said[one.id.slice("option-".length)] = one.value;
      }
    });
    return said;
  }

  function columns() {
    const said = {};
    document.querySelectorAll("[data-heading]").forEach(function (one) {
      said[one.dataset.heading] = one.value;
    });
    return said;
  }

  function act(button) {
    if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) {
      return;
    }
    const asked = JSON.parse(button.dataset.act);
    if (asked.collect) {
      asked.typed = options();
      asked.columns = columns();
    }
    tell(button.dataset.store, asked);
  }

  function jump(button) {
    const value = byId(button.dataset.jump);
    const cell = byId(button.dataset.cell);
    if (value) {
      value.focus();
    } else if (cell) {
      cell.focus();
      reveal(cell);
    }
  }

  document.addEventListener("click", function (event) {
    const button = within(event.target, "button");
    if (!button) {
      return;
    }
    if (button.id === "upload-choose") {
      chooseFiles();
    } else if (button.dataset.act) {
      act(button);
    } else if (button.dataset.edit) {
      finishEditing(button.dataset.edit);
    } else if (button.classList.contains("finding__place")) {
      jump(button);
    } else if (button.classList.contains("read__value")) {
      startEditing();
    } else if (button.classList.contains("source__value")) {
      showCell(button);
    }
  });

  document.addEventListener("focusin", function (event) {
    const value = within(event.target, ".read__value");
    const cell = within(event.target, ".source__value");
    if (value) {
      choose(value, false);
      reveal(value);
    } else if (cell) {
      showCell(cell);
    }
  });

  const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

  document.addEventListener("keydown", function (event) {
    const linked = within(event.target, ".read__value, .source__value");
    if (linked && STEPS[event.key]) {
      event.preventDefault();
      step(linked, STEPS[event.key]);
    } else if (edit() && edit().contains(event.target)) {
      if (event.key === "Escape" && byId(chosen)) {
        byId(chosen).focus();
      } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.id === "edit-text") {
        event.preventDefault();
        finishEditing("save");
      }
    }
  });

  function panes() {
    return Array.from(document.querySelectorAll(".pane__body"));
  }

  function remember() {
    const places = panes().map(function (pane) {
      return pane.scrollTop;
    });
    const draft = document.getElementById("draft");
    awaited = { page: window.scrollY, panes: places, old: draft && draft.lastElementChild };
  }

  function comeBack(value) {
    const back = awaited;
    awaited = null;
    window.scrollTo(0, back.page);
    panes().forEach(function (pane, number) {
      pane.scrollTop = back.panes[number] || 0;
    });
    const lost = !document.activeElement || document.activeElement === document.body;
    if (value && (lost || edit().contains(document.activeElement))) {
      value.focus({ preventScroll: true });
    }
    /* What was refused is there to be mended, not to be typed again. */
    if (value && back.text !== undefined && document.getElementById("draft-refused")) {
      choose(value, false);
      control().value = back.text;
      control().focus();
    }
  }

  /* The page was made anew: what was chosen is chosen again, and everything stands as before. */
  function settle() {
    const draft = document.getElementById("draft");
    if (!draft) {
      return;
    }
    panes().forEach(function (pane) {
      const first = members(pane)[0];
      if (first && !pane.querySelector('[tabindex="0"]')) {
        first.tabIndex = 0;
      }
    });
    const value = byId(chosen);
    if (awaited && awaited.old !== draft.lastElementChild) {
      comeBack(value);
    }
    if (value && !value.classList.contains("is-chosen")) {
      choose(value, false);
    }
  }

  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(settle).observe(document.body, {
      attributes: true,
      attributeFilter: ["class"],
      childList: true,
      subtree: true,
    });
  });
})();

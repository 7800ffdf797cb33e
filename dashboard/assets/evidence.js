/* Evidence files are sent one by one with the progress beside the button; then the page is asked
   to say what became of them. All words come from the page. */
(function () {
  "use strict";

  /* Dash would keep no file field of its own: it is made where the page leaves room for it. */
  function fieldOf(form) {
    const room = form.querySelector("[data-files]");
    let field = room.querySelector("input");
    if (!field) {
      field = document.createElement("input");
      field.type = "file";
      field.multiple = true;
      room.append(field);
    }
    return field;
  }

  function proves(form, body) {
    const [indicator, part, day] = form.querySelector("select[name=proves]").value.split("/");
    if (indicator) {
      body.append("indicator_id", indicator);
      body.append("part", part || "0");
      if (day) {
        body.append("reported_on", day);
      }
    }
  }

  function sendOne(form, file, say) {
    return new Promise(function (resolve) {
      if (file.size > Number(form.dataset.limit)) {
        resolve({ remark: file.name + "：" + form.dataset.large });
        return;
      }
      const body = new FormData();
      proves(form, body);
      body.append("file", file, file.name);
      const request = new XMLHttpRequest();
      request.open("POST", form.dataset.address);
      request.setRequestHeader("Accept", "application/json");
      request.upload.onprogress = function (event) {
        if (event.lengthComputable) {
          say(file.name + " " + Math.round((100 * event.loaded) / event.total) + "%");
        }
      };
      request.onload = function () {
        resolve(answerOf(form, file, request));
      };
      request.onerror = function () {
        resolve({ remark: file.name + "：" + form.dataset.lost });
      };
      request.send(body);
    });
  }

  function answerOf(form, file, request) {
    let said = {};
    try {
      said = JSON.parse(request.responseText);
    } catch (problem) {
      said = {};
    }
    if (request.status === 200) {
      return { position: said.position, remark: said.remark ? file.name + "：" + said.remark : "" };
    }
    return { remark: file.name + "：" + (said.detail || form.dataset.lost) };
  }

  async function send(form) {
    const files = Array.from(fieldOf(form).files);
    const line = form.querySelector("[data-said]");
    const say = function (words) {
      line.textContent = words;
    };
    if (!files.length) {
      say(form.dataset.choose);
      fieldOf(form).focus();
      return;
    }
    say(form.dataset.waiting);
    const answers = [];
    for (const file of files) {
      answers.push(await sendOne(form, file, say));
    }
    const kept = answers.filter((one) => one.position !== undefined);
    const reached = Math.max(0, ...kept.map((one) => one.position));
    window.dash_clientside.set_props("act", {
      data: {
        told: { do: "evidence_sent", kept: String(kept.length), position: String(reached) },
        fields: {},
        listed: answers.filter((one) => one.remark).map((one) => ({ remark: one.remark })),
        nonce: Date.now() + Math.random(),
      },
    });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-upload=evidence]");
    if (button && !button.disabled) {
      button.disabled = true;
      send(button.closest("[data-evidence]")).finally(function () {
        button.disabled = false;
      });
    }
  });

  function settle() {
    document.querySelectorAll("[data-evidence=form]").forEach(function (form) {
      if (form.querySelector("[data-files]")) {
        fieldOf(form);
      }
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(settle).observe(document.body, { childList: true, subtree: true });
  });
})();

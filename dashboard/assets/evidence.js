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

  async function sendOne(form, file, say) {
    if (file.size > Number(form.dataset.limit)) {
      return { remark: file.name + "：" + form.dataset.large };
    }
    const body = new FormData();
    proves(form, body);
    body.append("file", file, file.name);
    const answer = await window.jixiaoSend(form.dataset.address, body, {
      part: function (share) {
        say(file.name + " " + Math.round(100 * share) + "%");
      },
    });
    return saidOf(form, file, answer);
  }

  function saidOf(form, file, answer) {
    const said = answer.body || {};
    if (answer.status === 200) {
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

/* One file sent with its progress, for whichever page sends it. ``hear.part`` is told the share
   that was sent, ``hear.whole`` that all of it was; the promise is kept with the status and the
   JSON that was answered: status 0 where nothing was, body null where it was none. */
(function () {
  "use strict";

  window.jixiaoSend = function (address, form, hear) {
    return new Promise(function (resolve) {
      const request = new XMLHttpRequest();
      request.open("POST", address);
      request.setRequestHeader("Accept", "application/json");
      request.upload.onprogress = function (event) {
        if (event.lengthComputable) {
          hear.part(event.loaded / event.total);
        }
      };
      request.upload.onload = function () {
        if (hear.whole) {
          hear.whole();
        }
      };
      request.onload = function () {
        let body = null;
        try {
          body = JSON.parse(request.responseText);
        } catch (problem) {
          body = null;
        }
        resolve({ status: request.status, body: body });
      };
      request.onerror = function () {
        resolve({ status: 0, body: null });
      };
      request.send(form);
    });
  };
})();

// Not needed: saves notes as they are typed, keeps what stands in fields over a crash, moves by arrows, runs the clock.
(function () {
  "use strict";
  var room = document.body.dataset;
  document.body.classList.add("scripted");
  var clock = document.getElementById("zegar");
  var left = document.getElementById("zostalo");
  function two(number) { return (number < 10 ? "0" : "") + number; }
  function tick() {
    var now = new Date();
    if (clock) { clock.textContent = two(now.getHours()) + ":" + two(now.getMinutes()); }
    if (left && room.ends) {
      var minutes = Math.ceil((Number(room.ends) - now.getTime() / 1000) / 60);
      left.textContent = minutes >= 0 ? room.left.replace("{n}", minutes) : room.over.replace("{n}", -minutes);
      left.className = minutes >= 0 ? "quiet" : "late";
    }
  }
  tick();
  window.setInterval(tick, 5000);

  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    if (event.key === "Escape" && typing) { event.target.blur(); return; }
    if (typing || event.altKey || event.ctrlKey || event.metaKey) { return; }
    var to = { ArrowRight: "dalej", PageDown: "dalej", ArrowLeft: "wstecz", PageUp: "wstecz" }[event.key];
    var link = to && document.getElementById(to);
    if (link) { event.preventDefault(); link.click(); }
  });

  var store;
  try { store = window.localStorage; } catch (error) { store = null; }
  document.querySelectorAll("form[data-form]").forEach(function (form) {
    if (form.dataset.form === "notatka") { return; }
    var round = form.elements.tura ? ":" + form.elements.tura.value : "";
    var place = "spotkanie:" + room.address + ":" + room.screen + ":" + form.dataset.form + round;
    var fields = Array.prototype.filter.call(form.elements, function (one) {
      return one.name && one.type !== "hidden" && /^(INPUT|SELECT)$/.test(one.tagName);
    });
    if (!store || !fields.length) { return; }
    var kept = null;
    try { kept = JSON.parse(store.getItem(place)); } catch (error) { kept = null; }
    if (kept && kept.length === fields.length) {
      fields.forEach(function (one, number) {
        if (typeof kept[number] === "boolean") { one.checked = kept[number]; } else { one.value = kept[number]; }
      });
    }
    form.addEventListener("input", function () {
      var said = fields.map(function (one) { return one.type === "checkbox" ? one.checked : one.value; });
      try { store.setItem(place, JSON.stringify(said)); } catch (error) { return; }
    });
    form.addEventListener("submit", function () { store.removeItem(place); });
  });

  var note = document.querySelector('form[data-form="notatka"]');
  if (note) {
    var box = note.elements.tekst;
    var saved = document.getElementById("zapis");
    var sent = box.value;
    var busy = false;
    var timer = null;
    var local = "spotkanie:" + room.address + ":" + note.elements.temat.value;
    var unsaved = store && store.getItem(local);
    if (unsaved && unsaved !== box.value) {
      // Typed while the server was away; it is sent as of the revision it began from, so nothing is overwritten.
      try {
        var old = JSON.parse(unsaved);
        box.value = old.text;
        note.elements.wersja.value = old.base;
      } catch (error) { store.removeItem(local); }
    }
    var save = function () {
      timer = null;
      if (busy || box.value === sent) { return; }
      busy = true;
      var text = box.value;
      var body = new URLSearchParams({ seal: room.seal, temat: note.elements.temat.value, wersja: note.elements.wersja.value, tekst: text });
      saved.textContent = room.saving;
      fetch(room.address + "/notatka", { method: "POST", body: body, keepalive: text.length < 20000 })
        .then(function (answer) { return answer.json(); })
        .then(function (kept) {
          busy = false;
          if (!kept.kept) { throw new Error("not kept"); }
          sent = kept.text;
          if (store) { store.removeItem(local); }
          if (box.value === text) {
            note.elements.wersja.value = kept.number;
            if (kept.text !== text) { box.value = kept.text; }
          } else if (kept.text === text) {
            note.elements.wersja.value = kept.number;
          } // else: typed on from the old revision; the next saving joins both
          saved.textContent = kept.merged ? room.together : room.saved;
          if (box.value !== sent) { later(); }
        })
        .catch(function () {
          busy = false;
          saved.textContent = room.unsaved;
          if (!timer) { timer = window.setTimeout(save, 4000); }
        });
    };
    var later = function () {
      if (timer) { window.clearTimeout(timer); }
      timer = window.setTimeout(save, 700);
    };
    box.addEventListener("input", function () {
      try { store.setItem(local, JSON.stringify({ text: box.value, base: note.elements.wersja.value })); } catch (error) { saved.textContent = room.unsaved; }
      later();
    });
    if (box.value !== sent) { later(); }
    note.addEventListener("submit", function () { if (store) { store.removeItem(local); } });
    window.addEventListener("pagehide", save);
  }

  var cast = document.getElementById("oddano");
  window.setInterval(function () {
    fetch(room.address + "/stan").then(function (answer) { return answer.json(); }).then(function (standing) {
      if (!cast) { return; }
      if (standing.round !== cast.dataset.round) { window.location.reload(); return; }
      cast.textContent = standing.cast;
    }).catch(function () { return; });
  }, cast ? 2000 : 240000);
}());

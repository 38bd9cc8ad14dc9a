// Not needed: keeps what was typed on this page in this tab while the connection is away, and forgets it once sent.
(function () {
  "use strict";
  var form = document.querySelector("form");
  var store;
  try { store = window.sessionStorage; } catch (error) { return; }
  if (!store) { return; }
  if (!form || !form.elements.klucz) {
    Object.keys(store).forEach(function (name) { if (name.indexOf("ankieta:") === 0) { store.removeItem(name); } });
    return;
  }
  var name = "ankieta:" + form.elements.klucz.value.slice(0, 8) + ":" + form.elements.strona.value;
  var fields = Array.prototype.filter.call(form.elements, function (one) { return /^q\d/.test(one.name); });
  function keep() {
    var said = fields.map(function (one) {
      return one.type === "radio" || one.type === "checkbox" ? one.checked : one.value;
    });
    try { store.setItem(name, JSON.stringify(said)); } catch (error) { return; }
  }
  var kept = null;
  try { kept = JSON.parse(store.getItem(name)); } catch (error) { kept = null; }
  if (kept && kept.length === fields.length && !document.querySelector(".faults")) {
    fields.forEach(function (one, place) {
      if (typeof kept[place] === "boolean") { one.checked = kept[place]; } else { one.value = kept[place]; }
    });
  }
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
}());

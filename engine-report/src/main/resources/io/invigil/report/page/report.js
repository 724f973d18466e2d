(function () {
  'use strict';
  var parts = {};
  document.querySelectorAll('[data-alert]').forEach(function (part) {
    var id = part.getAttribute('data-alert');
    (parts[id] = parts[id] || []).push(part);
    ['mouseenter', 'focus'].forEach(function (kind) {
      part.addEventListener(kind, function () { light(id, true); });
    });
    ['mouseleave', 'blur'].forEach(function (kind) {
      part.addEventListener(kind, function () { light(id, false); });
    });
  });
  function light(id, on) {
    parts[id].forEach(function (part) { part.classList.toggle('lit', on); });
  }
  var svg = document.querySelector('.chart svg');
  var cursor = svg.querySelector('.cursor');
  var line = cursor.querySelector('line');
  var label = cursor.querySelector('text');
  var left = Number(svg.dataset.left);
  var right = Number(svg.dataset.right);
  var seconds = Number(svg.dataset.seconds);
  svg.addEventListener('mousemove', function (event) {
    var box = svg.getBoundingClientRect();
    var x = (event.clientX - box.left) * 1040 / box.width;
    var inside = x >= left && x <= right;
    cursor.classList.toggle('on', inside);
    if (!inside) { return; }
    var tenths = Math.round((x - left) / (right - left) * seconds * 10);
    var minutes = Math.floor(tenths / 600);
    var rest = tenths - minutes * 600;
    line.setAttribute('x1', x);
    line.setAttribute('x2', x);
    label.setAttribute('x', x);
    label.textContent = minutes + ':' + (rest < 100 ? '0' : '') + (rest / 10).toFixed(1);
  });
  svg.addEventListener('mouseleave', function () { cursor.classList.remove('on'); });
})();

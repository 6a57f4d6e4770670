/**
 * The script of every page: tables that sort, fold and filter. Without it every row is shown. It is text, because no type
 * of a browser is known to the rest of the program; test/render/html/browser.test.ts runs it.
 *
 * A table with the class "units" has rows of the classes r (region), p (province) and m (municipality), each below the
 * unit that it belongs to. Only its municipalities fold.
 */
export const SCRIPT = `"use strict";
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", function () {
  var RANKS = { r: 0, p: 1, m: 2 };

  /** The rows as a tree: each with the rows below it, in the order of the document. */
  function treeOf(body) {
    var root = { row: null, items: [] };
    var path = [root];
    Array.prototype.forEach.call(body.rows, function (row) {
      var rank = RANKS[row.className.charAt(0)];
      while (path.length > 1 && RANKS[path[path.length - 1].row.className.charAt(0)] >= rank) path.pop();
      var item = { row: row, items: [], text: plain(row.cells[0].textContent) };
      path[path.length - 1].items.push(item);
      path.push(item);
    });
    return root;
  }

  function each(item, visit) {
    item.items.forEach(function (below) { visit(below); each(below, visit); });
  }

  function plain(text) {
    return text.normalize("NFD").replace(/[\\u0300-\\u036f]/g, "").toLowerCase();
  }

  function keyOf(row, column) {
    var text = row.cells[column].textContent.trim();
    if (column === 0) return plain(text);
    var number = parseFloat(text.replace(/,/g, ""));
    return isNaN(number) ? null : number;
  }

  document.querySelectorAll("table.units").forEach(function (table) {
    var body = table.tBodies[0];
    var tools = table.closest("section").querySelector(".tools");
    var words = table.dataset;
    var tree = treeOf(body);
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    var output = tools.querySelector("output");
    var search = tools.querySelector("input");

    function setOpen(item, open) {
      var button = item.row.querySelector("button.fold");
      if (!button) return;
      button.setAttribute("aria-expanded", String(open));
      item.items.forEach(function (below) { below.row.classList.toggle("open", open); });
      tell();
    }

    function tell() {
      var shown = 0;
      each(tree, function (item) {
        var list = item.row.classList;
        if (!list.contains("out") && (!list.contains("m") || list.contains("open") || list.contains("hit"))) shown += 1;
      });
      output.textContent = shown.toLocaleString("en") + " " + words.shown;
    }

    function provinces(visit) {
      each(tree, function (item) { if (item.items.length > 0 && item.items[0].row.classList.contains("m")) visit(item); });
    }

    function setAll(open) { provinces(function (item) { setOpen(item, open); }); }

    provinces(function (item) {
      var holder = item.row.querySelector(".plain");
      var button = document.createElement("button");
      button.type = "button";
      button.className = "fold";
      button.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-label", words.unfold + " " + holder.textContent);
      button.textContent = holder.textContent;
      holder.replaceWith(button);
      button.addEventListener("click", function () { setOpen(item, button.getAttribute("aria-expanded") !== "true"); });
    });

    tools.querySelector(".unfold").addEventListener("click", function () { setAll(true); });
    tools.querySelector(".foldup").addEventListener("click", function () { setAll(false); });

    search.addEventListener("input", function () {
      var wanted = plain(search.value.trim());
      (function filter(item) {
        var found = item.row === null || wanted === "" || item.text.indexOf(wanted) !== -1;
        var below = item.items.map(filter).some(Boolean);
        if (item.row) {
          item.row.classList.toggle("out", !(found || below));
          item.row.classList.toggle("hit", wanted !== "" && found && item.row.classList.contains("m"));
        }
        return found || below;
      })(tree);
      if (wanted !== "") {
        // The units below a unit that was found stay reachable.
        each(tree, function (item) {
          if (item.text.indexOf(wanted) !== -1) each(item, function (below) { below.row.classList.remove("out"); });
        });
      }
      tell();
    });

    function sort(column, direction) {
      var rows = document.createDocumentFragment();
      (function place(item) {
        var items = item.items.map(function (below, index) { return { below: below, index: index, key: keyOf(below.row, column) }; });
        if (direction !== 0) items.sort(function (one, other) {
          if (one.key === other.key) return one.index - other.index;
          if (one.key === null) return 1;
          if (other.key === null) return -1;
          return (one.key < other.key ? -1 : 1) * direction;
        });
        items.forEach(function (entry) { rows.appendChild(entry.below.row); place(entry.below); });
      })(tree);
      body.appendChild(rows);
    }

    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.title = words.sort + ": " + head.textContent;
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      var first = column === 0 ? 1 : -1;
      button.addEventListener("click", function () {
        var now = head.getAttribute("aria-sort");
        var direction = now === null ? first : (now === "ascending") === (first === 1) ? -first : 0;
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        if (direction !== 0) head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
        sort(column, direction);
      });
    });

    if (body.rows.length <= 60) setAll(true);
    tell();
  });

  // On paper nothing can be opened: short lists are printed, long ones stay counts.
  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.filter.call(document.querySelectorAll("details.print"), function (one) { return !one.open; });
    opened.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (one) { one.open = false; });
  });
});
`;

"use strict";
(() => {
  const table = document.querySelector(".questions");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const find = document.getElementById("find");
  const kind = document.getElementById("kind");
  const result = document.getElementById("result");
  const count = document.getElementById("count");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));

  const show = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits =
        (!kind.value || row.dataset.kind === kind.value) &&
        (!result.value || row.dataset.result === result.value) &&
        words.every((word) => texts.get(row).includes(word));
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = `${shown} of ${rows.length}`;
  };

  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value ?? (cell.querySelector("summary") ?? cell).textContent;
  };

  const sort = (column) => {
    const ascending = heads[column].ariaSort !== "ascending";
    heads.forEach((head, place) => {
      head.ariaSort = place !== column ? "none" : ascending ? "ascending" : "descending";
    });
    const order = new Intl.Collator("en", { numeric: true });
    const sorted = [...rows].sort((a, b) => order.compare(value(a, column), value(b, column)));
    body.append(...(ascending ? sorted : sorted.reverse()));
  };

  heads.forEach((head, column) => head.addEventListener("click", () => sort(column)));
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
  for (const control of [find, kind, result]) control.addEventListener("input", show);
  const closed = [];
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("tr:not([hidden]) details:not([open])")) {
      details.open = true;
      closed.push(details);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const details of closed.splice(0)) details.open = false;
  });
  show();
})();

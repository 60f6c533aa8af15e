// What is too wide for its column scrolls there, and what scrolls can be reached by keyboard (WCAG 2.1.1). The theme sees
// to code and tables that are visible when the page loads; this sees to formulas, and to what is unfolded later.
const boxes = new ResizeObserver(entries => {
  for (const {target} of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

// A formula in a sentence that is wider than the column stands, and scrolls, in a line of its own.
function breakOut(formula, column) {
  if (formula.offsetWidth <= column.clientWidth) return;
  formula.classList.add("wide");
  boxes.observe(formula);
}

addEventListener("load", async () => {
  await window.MathJax?.startup.promise;
  document.querySelectorAll("pre, .pst-scrollable-table-container, .cell_output .output, mjx-container[display]")
    .forEach(box => boxes.observe(box));
  const columns = new ResizeObserver(entries => {
    for (const {target} of entries)
      target.querySelectorAll("mjx-container:not([display], .wide)").forEach(formula => breakOut(formula, target));
  });
  document.querySelectorAll("article :is(p, li, td, dd)").forEach(column => columns.observe(column));
});

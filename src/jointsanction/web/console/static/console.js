// What a page can't do by itself: print at the press of a button, and show what was answered first. All else works without.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  const problem = document.querySelector("main [role=alert]");
  if (problem) {
    problem.tabIndex = -1;
    problem.focus();
  }
});
window.addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll("details.block")) each.open = true;
});
